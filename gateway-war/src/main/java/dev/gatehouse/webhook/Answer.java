package dev.gatehouse.webhook;

import java.time.Duration;

/** What came of one attempt to deliver a message. */
sealed interface Answer {

    /**
     * The receiver answered.
     *
     * @param status its HTTP status
     * @param retryAfter how long it wants to be left alone; zero when it did not say
     */
    record Answered(int status, Duration retryAfter) implements Answer {

        private static final int GONE = 410;

        @Override
        public boolean isDelivered() {
            return status / 100 == 2;
        }

        @Override
        public boolean isGone() {
            return status == GONE;
        }

        @Override
        public String described() {
            return "answered " + status;
        }
    }

    /**
     * Nobody answered.
     *
     * @param reason why, for operators; nothing that somebody else wrote
     */
    record NotSent(String reason) implements Answer {

        @Override
        public boolean isDelivered() {
            return false;
        }

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public Duration retryAfter() {
            return Duration.ZERO;
        }

        @Override
        public String described() {
            return reason;
        }
    }

    /** Whether the receiver has it. */
    boolean isDelivered();

    /** Whether the receiver wants no more messages. */
    boolean isGone();

    /** How long the receiver wants to be left alone. */
    Duration retryAfter();

    /** What came of it, in a few words. */
    String described();
}
