package dev.gatehouse.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it. Safe for concurrent use.
 *
 * @since 0.1
 */
public final class MutableClock extends Clock {

    private static final Instant DAWN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    /** A clock in UTC that shows the first second of 2026. */
    public MutableClock() {
        this(new AtomicReference<>(DAWN), ZoneOffset.UTC);
    }

    private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Moves the clock.
     *
     * @param step how far; negative to move it back
     */
    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }

    /**
     * Sets the clock.
     *
     * @param instant what it shows from now on
     */
    public void setTo(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /**
     * A view of this clock in another zone; both move together.
     *
     * @param other the zone
     * @return the view
     */
    @Override
    public Clock withZone(ZoneId other) {
        return new MutableClock(now, other);
    }
}
