package dev.gatehouse.webhook;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * When a delivery is tried again. Immutable.
 *
 * @param pauses from each failed attempt to the next; one attempt more than pauses is made
 */
public record RetrySchedule(List<Duration> pauses) {

    /** A failing webhook is asked at least so often whether it is well again. */
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(5);

    /** Retry-After is followed up to here. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** A pause is up to a fifth shorter or longer, so that what failed together does not come back together. */
    private static final double JITTER = 0.2;

    /** Keeps what was given. */
    public RetrySchedule {
        pauses = List.copyOf(pauses);
    }

    /** What Standard Webhooks recommends: ten attempts within a little more than three days. */
    public static RetrySchedule standard() {
        return new RetrySchedule(Stream.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
                .map(Duration::parse)
                .toList());
    }

    /** How many attempts there are. */
    int attempts() {
        return pauses.size() + 1;
    }

    /**
     * How long to wait after a failed attempt.
     *
     * @param attempts how many there were, fewer than {@link #attempts}
     * @param asked what the receiver asked for; nothing is sent before that, up to an hour
     */
    Duration afterAttempt(int attempts, Duration asked, RandomGenerator random) {
        return longer(jittered(pauses.get(attempts - 1), random), bounded(asked, LONGEST_WAIT));
    }

    /**
     * How long to leave a webhook alone.
     *
     * @param failures how many attempts failed in a row, 1 or more
     * @param asked what the receiver asked for
     */
    Duration afterFailures(int failures, Duration asked, RandomGenerator random) {
        Duration pause = pauses.isEmpty() ? LONGEST_PROBE : pauses.get(Math.min(failures, pauses.size()) - 1);
        return longer(jittered(bounded(pause, LONGEST_PROBE), random), bounded(asked, LONGEST_WAIT));
    }

    private static Duration jittered(Duration pause, RandomGenerator random) {
        return Duration.ofMillis((long) (pause.toMillis() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    private static Duration bounded(Duration wanted, Duration most) {
        return wanted.compareTo(most) > 0 ? most : wanted;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
