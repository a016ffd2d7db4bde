/**
 * A client of the gateway that is cheap enough to be run by the thousand: raw sockets, its own RFC 6455 frames, and the
 * signed handshake, timed phase by phase.
 *
 * <p>It knows nothing of load or figures; {@code load} calls it. It shares no code with the gateway on purpose: a
 * mistake in the gateway's protocol package would otherwise be measured as agreement.
 *
 * <p>Entry type: {@link dev.gatehouse.bench.client.GatewayClient}.
 */
@NullMarked
package dev.gatehouse.bench.client;

import org.jspecify.annotations.NullMarked;
