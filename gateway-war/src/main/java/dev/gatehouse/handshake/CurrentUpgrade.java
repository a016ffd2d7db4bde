package dev.gatehouse.handshake;

import java.util.Optional;

import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.spi.UpgradeContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands the facts of an upgrade from the filter to the Configurator, which every container calls on the same thread but
 * without the servlet request.
 */
public final class CurrentUpgrade {

    @SuppressWarnings("ThreadLocalUsage") // one instance a deployment; a static one would outlive it
    private final ThreadLocal<Underway> current = new ThreadLocal<>();

    /** An upgrade, and the place that it took until somebody carries it on to the endpoint. */
    private static final class Underway {

        private final UpgradeContext facts;
        private @Nullable Place place;

        private Underway(UpgradeContext facts, Place place) {
            this.facts = facts;
            this.place = place;
        }
    }

    void begin(UpgradeContext facts, Place place) {
        current.set(new Underway(facts, place));
    }

    /** Forgets the upgrade; its place is given back unless somebody carries it on. */
    void end() {
        takePlace().ifPresent(Place::leave);
        current.remove();
    }

    Optional<UpgradeContext> facts() {
        return Optional.ofNullable(current.get()).map(underway -> underway.facts);
    }

    /** Takes the place of the upgrade, which whoever takes it gives back; there is one only once. */
    Optional<Place> takePlace() {
        Underway underway = current.get();
        if (underway == null) {
            return Optional.empty();
        }
        Optional<Place> taken = Optional.ofNullable(underway.place);
        underway.place = null;
        return taken;
    }
}
