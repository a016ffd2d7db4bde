package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Client;

/** A live session as the API shows it. */
record SessionView(
        String id,
        Optional<String> deviceId,
        String role,
        ClientView client,
        String peer,
        List<String> scopes,
        String method,
        String since) {

    /** What is told for the peer of a session on the gateway's own machine. */
    private static final String LOCAL = "local";

    /** The program at the other end, as it describes itself. */
    record ClientView(
            String id,
            String mode,
            String version,
            String platform,
            Optional<String> deviceFamily,
            Optional<String> displayName) {

        static ClientView of(Client client) {
            return new ClientView(
                    client.id(),
                    client.mode(),
                    client.version(),
                    client.platform(),
                    client.deviceFamily(),
                    client.displayName());
        }
    }

    static SessionView of(SessionDesk.LiveSession session) {
        return new SessionView(
                session.id(),
                session.deviceId(),
                session.role(),
                ClientView.of(session.client()),
                session.address().orElse(LOCAL),
                session.scopes().asList(),
                session.method(),
                CheckView.written(session.since()));
    }
}
