package dev.gatehouse.control;

/** Hears how each call of a client ended. Called on the thread that ends it, so a listener is quick and never throws. */
@FunctionalInterface
public interface CallListener {

    /** Hears everything and does nothing. */
    CallListener NONE = (method, outcome) -> {};

    /** Stands for every method that the gateway does not know, so that clients cannot invent names. */
    String UNKNOWN_METHOD = "unknown";

    /** How a call ended. */
    enum Outcome {
        /** It was carried out. */
        OK,
        /** It was wrong, or not for this caller. */
        REFUSED,
        /** It could not be carried out now: something is down, gone, or too slow. */
        UNAVAILABLE,
        /** Its caller left before it was answered. */
        ABANDONED;

        /** How a call ended that came to this. */
        static Outcome of(Answer answer) {
            if (!(answer instanceof Answer.Failure failure)) {
                return OK;
            }
            return failure.error().isUnavailable() ? UNAVAILABLE : REFUSED;
        }
    }

    /**
     * A call is answered.
     *
     * @param method a method of the gateway's, or {@link #UNKNOWN_METHOD}
     */
    void answered(String method, Outcome outcome);
}
