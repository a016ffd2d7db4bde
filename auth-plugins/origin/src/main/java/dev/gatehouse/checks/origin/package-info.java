/**
 * The check {@code origin}: refuses pages from origins that the operator did not allow (wire reference 6.4). Decides
 * from the connection alone, at upgrade for all but browser extensions.
 *
 * <p>Entry type: {@link dev.gatehouse.checks.origin.OriginFactory}.
 */
@NullMarked
package dev.gatehouse.checks.origin;

import org.jspecify.annotations.NullMarked;
