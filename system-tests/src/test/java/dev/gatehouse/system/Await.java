package dev.gatehouse.system;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, up to a deadline. */
final class Await {

    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    /** Tells whether the condition came true in time. */
    static boolean until(Duration limit, BooleanSupplier condition) {
        return value(limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** Returns the value as soon as there is one. */
    static <T> Optional<T> value(Duration limit, Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<T> value = source.get();
        while (value.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL.toNanos());
            value = source.get();
        }
        return value;
    }
}
