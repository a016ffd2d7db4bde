/**
 * The HTTP upgrade: from the servlet request to the facts that checks examine, and into the WebSocket container.
 *
 * <p>First in the flow. {@link dev.gatehouse.handshake.UpgradeFilter} sees the servlet request, the only portable source
 * of the peer's address; {@link dev.gatehouse.handshake.GatehouseConfigurator} runs on the same thread a moment later,
 * starts the upgrade stage of the admission chain, and leaves it in the user properties for the endpoint.
 *
 * <p>Entry type: {@link dev.gatehouse.handshake.UpgradeFilter}.
 */
@NullMarked
package dev.gatehouse.handshake;

import org.jspecify.annotations.NullMarked;
