package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.admission.RecentRefusal;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.spi.ConnectContext;

/**
 * What is to be explained. Public, because proxies of the resource take it as a parameter.
 *
 * @param refusal the id of a recorded refusal, as its client was told
 * @param connection a connection, described
 * @param config the text of a config that is not in force, to explain by its chain
 */
public record ExplainBody(Optional<String> refusal, Optional<DescribedConnection> connection, Optional<String> config) {

    ConnectContext connection(RecentRefusals refusals, DeviceRegistry devices) {
        if (refusal.isPresent() == connection.isPresent()) {
            throw new ProblemException(
                    Problem.malformedBody("give either 'refusal', an id, or 'connection', a description"));
        }
        return refusal.map(id -> recorded(id, refusals))
                .orElseGet(() -> connection.orElseThrow().context(devices));
    }

    private static ConnectContext recorded(String id, RecentRefusals refusals) {
        return refusals.find(id)
                .map(RecentRefusal::context)
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "REFUSAL_UNKNOWN",
                        "nothing is left to explain refusal '" + id
                                + "' by: that is kept for an hour, and of clients that named"
                                + " themselves; GET /api/v1/refusals/{id} says what was seen")));
    }
}
