package dev.gatehouse.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Scopes;

/** Live sessions that a test says are there. */
final class FakeSessionDesk implements SessionDesk {

    private final List<LiveSession> live = new ArrayList<>();

    void add(String id, String displayName, Optional<String> address, Instant since) {
        Client client =
                new Client("cli", "cli", "2026.9.6", "linux", Optional.empty(), Optional.of(displayName), List.of());
        live.add(new LiveSession(
                id,
                Optional.of("device of " + id),
                "operator",
                client,
                address,
                Scopes.of("operator.read"),
                "device-token",
                since));
    }

    @Override
    public List<LiveSession> sessions() {
        return List.copyOf(live);
    }

    @Override
    public boolean terminate(String id) {
        return live.removeIf(session -> session.id().equals(id));
    }
}
