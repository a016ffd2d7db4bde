package dev.gatehouse.admission;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check in shadow mode would have done, compared with what was decided without it. Texts and numbers only.
 *
 * @param examined how many decided connections it gave an opinion on
 * @param notExamined how many it was not asked about, for want of a free thread or because its circuit breaker is open
 * @param agreed how often it would have let in who was admitted, or refused who was refused
 * @param wouldHaveVetoed how often it would have refused a client that was admitted
 * @param wouldHaveLetIn how often it had no objection to a client that was refused
 * @param failed how often it gave no usable answer; enforced, it would have failed the connection
 * @param vetoes how often it vetoed, by reason code; codes beyond a bound count as {@value #OTHER_CODES}
 * @param examples the last clients that were admitted and that it would have refused, the latest first
 * @param origins the origins of admitted clients that it would have refused for them, the most frequent first
 * @param otherOrigins how often it would have refused others, which came when there were too many already
 */
public record ShadowFigures(
        long examined,
        long notExamined,
        long agreed,
        long wouldHaveVetoed,
        long wouldHaveLetIn,
        long failed,
        Map<String, Long> vetoes,
        List<Example> examples,
        List<Origin> origins,
        long otherOrigins) {

    /** Under which reason codes are counted that came when there were many others already. */
    public static final String OTHER_CODES = "other";

    public ShadowFigures {
        vetoes = Map.copyOf(vetoes);
        examples = List.copyOf(examples);
        origins = List.copyOf(origins);
    }

    /**
     * An origin that the check does not allow.
     *
     * @param text as the browser sent it, bounded; anything may be in it
     * @param times how often it came
     * @param lastAt when it came last
     */
    public record Origin(String text, long times, Instant lastAt) {}

    /**
     * A client that was admitted, and that the check would have refused.
     *
     * @param at when
     * @param connectionId names the connection in logs
     * @param peer the address at the other end
     * @param client id and mode of the client, as it says
     * @param deviceId the device whose key it holds
     * @param code the reason's code
     * @param message what the client would have been told
     */
    public record Example(
            Instant at,
            String connectionId,
            String peer,
            String client,
            Optional<String> deviceId,
            String code,
            String message) {}
}
