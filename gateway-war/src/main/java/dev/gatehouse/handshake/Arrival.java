package dev.gatehouse.handshake;

import java.util.Optional;

import dev.gatehouse.forwarded.Attribution;
import dev.gatehouse.spi.UpgradeContext;

/**
 * A request as the gateway sees it.
 *
 * @param facts the facts, which say as well who it is taken for
 * @param attribution how the gateway came to that
 */
public record Arrival(UpgradeContext facts, Attribution attribution) {

    /** Why an upgrade is refused before anybody is asked, or empty. */
    public Optional<Attribution.Refused> refused() {
        return attribution instanceof Attribution.Refused refused ? Optional.of(refused) : Optional.empty();
    }
}
