package dev.gatehouse.admission;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A check that gave no usable answer: blame, kind, and what there is to read about it.
 *
 * @param check the check's name in the chain
 * @param kind what went wrong
 * @param summary one line for the log
 * @param thrown what the check threw, or null when it threw nothing
 */
public record Failure(
        String check, Kind kind, String summary, @Nullable Throwable thrown) {

    /** What went wrong, and so whether trying again later makes sense. */
    public enum Kind {
        /** The check threw an exception. */
        THREW(false),
        /** The check returned null. */
        NO_ANSWER(false),
        /** The check did not answer before its deadline. */
        TIMED_OUT(true),
        /** Something that the check needs cannot answer now. */
        UNAVAILABLE(true),
        /** No thread was free to ask it. */
        OVERLOADED(true);

        private final boolean passesByItself;

        Kind(boolean passesByItself) {
            this.passesByItself = passesByItself;
        }

        /** Whether the same connection may be decided if it comes back later. */
        public boolean passesByItself() {
            return passesByItself;
        }
    }

    public Optional<Throwable> cause() {
        return Optional.ofNullable(thrown);
    }
}
