package dev.gatehouse.handshake;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * An upgrade request that names hosts by their addresses.
 *
 * <p>Tyrus asks every upgrade for its local host name, which costs a reverse look-up in the DNS: a slow resolver would
 * hold each upgrade for seconds.
 */
final class AddressOnlyRequest extends HttpServletRequestWrapper {

    AddressOnlyRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getLocalName() {
        return getLocalAddr();
    }

    @Override
    public String getRemoteHost() {
        return getRemoteAddr();
    }
}
