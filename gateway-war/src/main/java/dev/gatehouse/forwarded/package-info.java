/**
 * Who a request comes from, when proxies carried it: from the peer's address and the headers that proxies add to the
 * address that the client counts as, or to the reason why nobody can tell.
 *
 * <p>Headers are believed from trusted proxies alone, and read from the right, where the nearest of them wrote, to the first
 * address that is not a trusted proxy. Whatever cannot be read, or contradicts itself, is refused. Pure Java.
 *
 * <p>Entry type: {@link dev.gatehouse.forwarded.ClientResolver}.
 */
@NullMarked
package dev.gatehouse.forwarded;

import org.jspecify.annotations.NullMarked;
