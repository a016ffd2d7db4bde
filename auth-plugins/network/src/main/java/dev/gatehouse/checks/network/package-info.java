/**
 * The check {@code network}: lets clients in by the address that they count as, behind trusted proxies too. Decides from
 * the upgrade alone. Not in the chain unless an operator puts it there.
 *
 * <p>Entry type: {@link dev.gatehouse.checks.network.NetworkFactory}.
 */
@NullMarked
package dev.gatehouse.checks.network;

import org.jspecify.annotations.NullMarked;
