package dev.gatehouse.session;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.control.Caller;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * A live session as operators see it; nothing in it is secret.
 *
 * @param connectionId names its connection
 * @param deviceId its device, if it has one
 * @param role what it is connected as
 * @param client the program at the other end, as it describes itself
 * @param address where it comes from, empty when it is on this machine
 * @param scopes what it may do
 * @param method by what it was identified
 * @param since when it was admitted
 */
public record SessionFacts(
        String connectionId,
        Optional<String> deviceId,
        Role role,
        Client client,
        Optional<String> address,
        Scopes scopes,
        String method,
        Instant since) {

    static SessionFacts of(ConnectContext context, Caller caller, Instant since) {
        return new SessionFacts(
                caller.connectionId(),
                caller.deviceId(),
                caller.role(),
                context.client(),
                context.upgrade().isLocal()
                        ? Optional.empty()
                        : Optional.of(context.upgrade().address().getHostAddress()),
                caller.scopes(),
                caller.method(),
                since);
    }
}
