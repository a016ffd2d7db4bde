/**
 * The socket of one client, from the challenge to the close, and the sessions that are live.
 *
 * <p>Takes over from the handshake: {@link dev.gatehouse.session.GatewayEndpoint} is what the container calls, a {@code
 * Conversation} holds the client's state, and a {@code Connection} owns the socket, with one writer, bounded queues and
 * its own limits, because containers differ in all of these. What {@code admission} decides is carried out here.
 *
 * <p>Entry type: {@link dev.gatehouse.session.GatewayEndpoint}.
 */
@NullMarked
package dev.gatehouse.session;

import org.jspecify.annotations.NullMarked;
