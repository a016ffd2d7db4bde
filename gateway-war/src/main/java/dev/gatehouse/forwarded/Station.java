package dev.gatehouse.forwarded;

import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext.Transport;

/**
 * What a proxy says about whoever sent it a request.
 *
 * @param node who that was
 * @param transport how the request was protected up to the proxy: {@link Transport#PLAIN} or {@link
 *     Transport#TLS_AT_PROXY}
 * @param host the {@code Host} header that the proxy got, in lower case
 */
record Station(Node node, Optional<Transport> transport, Optional<String> host) {}
