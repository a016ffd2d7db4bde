/**
 * The check {@code secure-context}: refuses browsers that arrive over plain HTTP from another machine, and says how to
 * reach the gateway instead. Decides from the connection alone, at upgrade where it can.
 *
 * <p>Entry type: {@link dev.gatehouse.checks.securecontext.SecureContextFactory}.
 */
@NullMarked
package dev.gatehouse.checks.securecontext;

import org.jspecify.annotations.NullMarked;
