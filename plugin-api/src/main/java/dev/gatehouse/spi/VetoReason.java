package dev.gatehouse.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why a connection is refused, and what to do about it: the one source of the error frame, the close reason, the log
 * line and every later report.
 *
 * <p>Stock clients decide on the code of the error frame alone. A code of OpenClaw's own (wire reference 4.6) is sent as
 * it is; for any other the gateway sends the stock code with the same {@link Effect} and puts the own code beside it, in
 * {@code details.reason}. Nothing in a reason may be secret: all of it reaches the peer.
 *
 * @param code the reason's name in the open registry of codes: upper-case words joined by underscores, 3 to 64 characters
 * @param message text for people, lower case, without a full stop: 1 to 512 characters, no control characters; the close
 *     reason is this text, with the request id of {@code details.requestId} appended, cut to 120 bytes of UTF-8
 * @param effect what the refusal should make the client do
 * @param details structured facts for the error frame, in order: at most 32, of strings, numbers, booleans, and lists or
 *     maps of them
 * @param retry when trying again makes sense
 * @param fixes what would let this connection in, each a command or a line of config, best first
 * @since 0.1
 */
public record VetoReason(
        String code, String message, Effect effect, Map<String, Object> details, Retry retry, List<String> fixes) {

    /** The detail that names a pairing request; appended to the close reason. */
    public static final String REQUEST_ID = "requestId";

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final int CODE_MAX = 64;
    private static final int MESSAGE_MAX = 512;
    private static final int DETAILS_MAX = 32;

    /** What a refusal should make a stock client do. */
    public enum Effect {
        /** Stop, and ask the person for the credential that is missing or wrong. */
        IDENTIFY,
        /** Stop for now; the refusal is temporary. */
        COME_BACK_LATER,
        /** Show the person that somebody must approve the device. */
        AWAIT_APPROVAL,
        /** Stop, and show how to reach the gateway over HTTPS or on localhost. */
        SECURE_CONTEXT,
        /** Show that the page's origin is not allowed. */
        ALLOW_ORIGIN
    }

    /** When trying again makes sense. */
    public sealed interface Retry {

        /** Trying again without a change is of no use. */
        record Never() implements Retry {}

        /**
         * The same attempt may succeed after a time.
         *
         * @param delay how long to wait at least; positive
         */
        record After(Duration delay) implements Retry {
            /**
             * Checks that the delay is positive.
             *
             * @param delay positive
             */
            public After {
                requirePositive(delay);
            }
        }

        /**
         * The same attempt succeeds once an operator has approved it.
         *
         * @param pollEvery how long to wait at least between two attempts; positive
         */
        record AfterApproval(Duration pollEvery) implements Retry {
            /**
             * Checks that the delay is positive.
             *
             * @param pollEvery positive
             */
            public AfterApproval {
                requirePositive(pollEvery);
            }
        }

        /**
         * Trying again without a change is of no use.
         *
         * @return the advice
         */
        static Retry never() {
            return new Never();
        }

        /**
         * The same attempt may succeed after a time.
         *
         * @param delay how long to wait at least; positive
         * @return the advice
         */
        static Retry after(Duration delay) {
            return new After(delay);
        }

        /**
         * The same attempt succeeds once an operator has approved it.
         *
         * @param pollEvery how long to wait at least between two attempts; positive
         * @return the advice
         */
        static Retry afterApproval(Duration pollEvery) {
            return new AfterApproval(pollEvery);
        }

        private static void requirePositive(Duration delay) {
            if (delay.isZero() || delay.isNegative()) {
                throw new IllegalArgumentException("delay must be positive: " + delay);
            }
        }
    }

    /**
     * Checks every bound, so that a reason that exists can be sent.
     *
     * @param code 3 to 64 characters
     * @param message 1 to 512 characters
     * @param effect not null
     * @param details at most 32; a {@value #REQUEST_ID} must have a form that clients accept
     * @param retry not null
     * @param fixes copied
     * @throws IllegalArgumentException when one is out of its bounds
     */
    public VetoReason {
        if (code.length() < 3 || code.length() > CODE_MAX || !CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "code must be 3 to 64 characters of upper-case words joined by underscores: '" + code + "'");
        }
        if (message.isBlank() || message.length() > MESSAGE_MAX) {
            throw new IllegalArgumentException("message must have 1 to 512 characters: '" + message + "'");
        }
        if (message.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("message must not contain control characters: '" + message + "'");
        }
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(retry, "retry");
        if (details.size() > DETAILS_MAX) {
            throw new IllegalArgumentException("at most 32 details, not " + details.size());
        }
        if (details.get(REQUEST_ID) instanceof String id
                && !REQUEST_ID_FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("requestId is not one that clients accept: '" + id + "'");
        }
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        fixes = List.copyOf(fixes);
    }

    /**
     * A reason without details, fixes or retry advice.
     *
     * @param code the reason's name
     * @param effect what the refusal should make the client do
     * @param message text for people
     * @return the reason
     * @throws IllegalArgumentException when the code or the message is out of its bounds
     */
    public static VetoReason of(String code, Effect effect, String message) {
        return new VetoReason(code, message, effect, Map.of(), Retry.never(), List.of());
    }

    /**
     * The same reason with one more detail.
     *
     * @param name the member's name in the error frame
     * @param value a string, number, boolean, or a list or map of them
     * @return a new reason
     */
    public VetoReason withDetail(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new VetoReason(code, message, effect, more, retry, fixes);
    }

    /**
     * The same reason with other retry advice.
     *
     * @param advice when trying again makes sense
     * @return a new reason
     */
    public VetoReason withRetry(Retry advice) {
        return new VetoReason(code, message, effect, details, advice, fixes);
    }

    /**
     * The same reason with one more fix.
     *
     * @param fix a command or a line of config
     * @return a new reason
     */
    public VetoReason withFix(String fix) {
        List<String> more = new ArrayList<>(fixes);
        more.add(fix);
        return new VetoReason(code, message, effect, details, retry, more);
    }
}
