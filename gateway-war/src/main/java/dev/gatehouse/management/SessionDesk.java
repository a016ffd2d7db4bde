package dev.gatehouse.management;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Scopes;

/**
 * What REST may know and do about live sessions. Safe for concurrent use; does not block.
 *
 * <p>A port of this package: REST knows no sockets.
 */
public interface SessionDesk {

    /**
     * A live session.
     *
     * @param id names its connection
     * @param deviceId its device, if it has one
     * @param role what it is connected as, as on the wire
     * @param client the program at the other end, as it describes itself
     * @param address where it comes from, empty when it is on the gateway's machine
     * @param scopes what it may do
     * @param method by what it was identified, as on the wire
     * @param since when it was admitted
     */
    record LiveSession(
            String id,
            Optional<String> deviceId,
            String role,
            Client client,
            Optional<String> address,
            Scopes scopes,
            String method,
            Instant since) {}

    /**
     * Who is there now.
     *
     * @return every live session, in no order
     */
    List<LiveSession> sessions();

    /**
     * Ends a session; its client may come back as long as it may connect.
     *
     * @param id names its connection
     * @return false when there is no such session
     */
    boolean terminate(String id);
}
