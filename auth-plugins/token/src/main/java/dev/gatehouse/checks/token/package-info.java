/**
 * The check {@code token}: identifies clients by the gateway's shared token or password (wire reference 4.3). Runs at
 * connect; a client that presents nothing is left to other checks, one that presents something wrong is refused.
 *
 * <p>Entry type: {@link dev.gatehouse.checks.token.TokenFactory}.
 */
@NullMarked
package dev.gatehouse.checks.token;

import org.jspecify.annotations.NullMarked;
