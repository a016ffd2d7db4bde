/**
 * The gateway's own limits: who waits because too many are there, or because too many wrong secrets came
 * (docs/adr/0045-limits.md). They are no plugin, so that no chain can leave them out.
 *
 * <p>Entry types: {@link dev.gatehouse.limit.UnadmittedSockets} at the upgrade, {@link dev.gatehouse.limit.Guesses} before
 * and after the chain, {@link dev.gatehouse.limit.SessionCaps} at admission.
 */
@NullMarked
package dev.gatehouse.limit;

import org.jspecify.annotations.NullMarked;
