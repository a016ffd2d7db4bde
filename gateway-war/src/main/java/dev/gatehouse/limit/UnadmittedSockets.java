package dev.gatehouse.limit;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The sockets whose clients are not admitted yet, of which each address may have a few (wire reference 1.2): whoever opens
 * sockets and says nothing must not keep others out.
 *
 * <p>A place is taken at the upgrade and given back when the client is admitted or its socket has ended. A container may
 * drop an upgrade without a word, so a place also lapses once every handshake must be over. Safe for concurrent use; does
 * not block.
 */
public final class UnadmittedSockets {

    private final Supplier<LimitSettings> settings;
    private final Supplier<Duration> longest;
    private final Clock clock;

    // guarded by this; the oldest first
    private final Set<Place> places = new LinkedHashSet<>();
    private final Map<String, Integer> perAddress = new HashMap<>();

    /**
     * No sockets yet.
     *
     * @param settings how many there may be; asked each time, for they may change
     * @param longest after what time a handshake is over in any case; asked each time
     * @param clock tells when a place lapses
     */
    public UnadmittedSockets(Supplier<LimitSettings> settings, Supplier<Duration> longest, Clock clock) {
        this.settings = settings;
        this.longest = longest;
        this.clock = clock;
    }

    /** The place of one socket. */
    public static final class Place {

        private static final String KEY = Place.class.getName();

        /** Of a connection that takes up none. */
        private static final Place NOWHERE = new Place("", 0, place -> {});

        private final String address;
        private final long since;
        private final Consumer<Place> end;

        private Place(String address, long since, Consumer<Place> end) {
            this.address = address;
            this.since = since;
            this.end = end;
        }

        /** Takes the place that a handshake left among the properties of its connection. */
        public static Place takeFrom(Map<String, Object> properties) {
            return properties.remove(KEY) instanceof Place place ? place : NOWHERE;
        }

        /** Leaves this place among the properties of the connection, for the endpoint to take. */
        public void putInto(Map<String, Object> properties) {
            properties.put(KEY, this);
        }

        /** Whether it takes up room, or did. */
        public boolean isTaken() {
            return this != NOWHERE;
        }

        /** Gives the place back; doing so again does nothing. */
        public void leave() {
            end.accept(this);
        }
    }

    /**
     * Takes a place for a socket.
     *
     * @param client the address that its client counts as
     * @return the place, or empty when there is none
     */
    public synchronized Optional<Place> enter(InetAddress client) {
        LimitSettings bounds = settings.get();
        long now = clock.millis();
        forgetLapsed(now - longest.get().toMillis());
        String address = Neighbourhood.of(client);
        if (places.size() >= bounds.unadmitted()
                || perAddress.getOrDefault(address, 0) >= bounds.unadmittedPerAddress()) {
            return Optional.empty();
        }
        Place place = new Place(address, now, this::leave);
        places.add(place);
        perAddress.merge(address, 1, Integer::sum);
        return Optional.of(place);
    }

    /** How many places are taken. */
    public synchronized int count() {
        return places.size();
    }

    private synchronized void leave(Place place) {
        if (places.remove(place)) {
            giveBack(place);
        }
    }

    private void giveBack(Place place) {
        perAddress.computeIfPresent(place.address, (address, count) -> count > 1 ? count - 1 : null);
    }

    private void forgetLapsed(long horizon) {
        Iterator<Place> oldestFirst = places.iterator();
        while (oldestFirst.hasNext()) {
            Place oldest = oldestFirst.next();
            if (oldest.since > horizon) {
                return;
            }
            oldestFirst.remove();
            giveBack(oldest);
        }
    }
}
