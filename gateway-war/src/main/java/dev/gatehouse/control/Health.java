package dev.gatehouse.control;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * How the gateway is (wire reference 8.4), for whoever is admitted, and telling everybody (wire reference 1.4).
 *
 * <p>{@code ok} says that the gateway answers; whether its database does is told beside it, as it was when somebody looked
 * last, so that no answer waits for the database. Safe for concurrent use; only {@link #look} blocks.
 */
public final class Health {

    private final String version;
    private final Audience audience;
    private final Presence presence;
    private final BooleanSupplier database;
    private final Clock clock;
    private final long startedAt;
    private final AtomicBoolean isDatabaseUp = new AtomicBoolean(true);
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /**
     * The health of a gateway that starts now, with a database that has just been opened.
     *
     * @param version the gateway's version
     * @param audience who is told
     * @param presence counts the versions of what is told
     * @param database whether the database answers; may block
     */
    public Health(String version, Audience audience, Presence presence, BooleanSupplier database, Clock clock) {
        this.version = version;
        this.audience = audience;
        this.presence = presence;
        this.database = database;
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    /** How the gateway is now, as clients read it. */
    public Map<String, Object> now() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("ok", true);
        health.put("ts", clock.millis());
        health.put("version", version);
        health.put("uptimeMs", uptimeMillis());
        health.put("connections", audience.count());
        health.put("database", isDatabaseUp.get() ? "up" : "down");
        return health;
    }

    /** Whether the database answered when somebody looked last. */
    public boolean isDatabaseUp() {
        return isDatabaseUp.get();
    }

    /** How the gateway is, for operators who may read. */
    Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("runtimeVersion", version);
        status.put("uptimeMs", uptimeMillis());
        status.put("connections", audience.count());
        return status;
    }

    /** How long the gateway has been up. */
    public long uptimeMillis() {
        return clock.millis() - startedAt;
    }

    /** Asks the database for a sign of life, and tells everybody when that is another one than before. */
    public void look() {
        if (!isLooking.compareAndSet(false, true)) {
            found(false); // it has not answered since the last look
            return;
        }
        try {
            found(database.getAsBoolean());
        } finally {
            isLooking.set(false);
        }
    }

    /** Tells everybody how the gateway is. */
    public void tell() {
        audience.tell(Event.health(now(), presence.healthTold()));
    }

    private void found(boolean isUp) {
        if (isDatabaseUp.getAndSet(isUp) != isUp) {
            tell();
        }
    }
}
