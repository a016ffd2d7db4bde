package dev.gatehouse.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.Trace.Stage;

/**
 * What one check was asked and answered since its chain came into force.
 *
 * @param check the check's name in the chain
 * @param mode what its verdict is worth
 * @param asked how often it was asked and the asking came to an end, at both stages together
 * @param passed how often it had no objection
 * @param identified how often it identified the client
 * @param absent how often the credential that it knows was not presented
 * @param vetoed how often it refused
 * @param failed how often it gave no usable answer
 * @param notAsked how often the circuit breaker kept it from being asked
 * @param times how long it took
 * @param taken how long it took at each stage, for whoever draws that
 * @param lastFailure the last time that it gave no usable answer
 * @param breaker whether it is asked
 * @param shadow what it would have decided; of a check in shadow mode only
 */
public record CheckFigures(
        String check,
        Mode mode,
        long asked,
        long passed,
        long identified,
        long absent,
        long vetoed,
        long failed,
        long notAsked,
        Times times,
        Map<Stage, TimesTaken> taken,
        Optional<LastFailure> lastFailure,
        Breaker breaker,
        Optional<ShadowFigures> shadow) {

    public CheckFigures {
        taken = Map.copyOf(taken);
    }

    /**
     * How long a check took. The percentiles are upper bounds, which are less than twice the true value.
     *
     * @param mean of all answers and failures
     * @param p50 half of them took no longer
     * @param p99 all but one in a hundred took no longer
     * @param max the longest
     */
    public record Times(Duration mean, Duration p50, Duration p99, Duration max) {}

    /**
     * How long a check took at one stage, in buckets by powers of two.
     *
     * @param counts how many answers took less than {@code 2^i} nanoseconds, and no less than half of that, at place
     *     {@code i}; the last place holds all that took longer
     * @param sum of all of them
     */
    public record TimesTaken(List<Long> counts, Duration sum) {
        public TimesTaken {
            counts = List.copyOf(counts);
        }
    }

    /**
     * A failure as text.
     *
     * @param at when it happened
     * @param kind what went wrong
     * @param summary one line about it
     */
    public record LastFailure(Instant at, Failure.Kind kind, String summary) {}

    /** Whether a check that failed repeatedly is asked. */
    public enum Breaker {
        /** It is asked. */
        CLOSED,
        /** It is not asked. */
        OPEN,
        /** One connection asks it; what comes of that decides. */
        TRYING
    }
}
