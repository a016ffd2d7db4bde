package dev.gatehouse.admission;

import java.util.Optional;
import java.util.regex.Pattern;

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
        OVERLOADED(true),
        /** It failed several times in a row, and is not asked for a while. */
        CIRCUIT_OPEN(true);

        private final boolean passesByItself;

        Kind(boolean passesByItself) {
            this.passesByItself = passesByItself;
        }

        /** Whether the same connection may be decided if it comes back later. */
        public boolean passesByItself() {
            return passesByItself;
        }
    }

    private static final int SUMMARY_MAX = 512;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    /** The summary is untrusted as far as it repeats what a plugin said: it is cut to one line of bounded length. */
    public Failure {
        String line = CONTROLS.matcher(summary).replaceAll(" ");
        summary = line.length() <= SUMMARY_MAX ? line : line.substring(0, SUMMARY_MAX) + "...";
    }

    /** The check threw; tells it even if the exception itself cannot be read. */
    static Failure threw(String check, Throwable thrown) {
        String what;
        try {
            what = thrown.toString();
        } catch (Throwable unreadable) { // what a plugin throws runs the plugin's code when it is read
            return new Failure(check, Kind.THREW, "threw " + thrown.getClass().getName(), null);
        }
        return new Failure(check, Kind.THREW, "threw " + what, thrown);
    }

    /** The same failure in texts alone, so that it can be kept when the plugin is gone. */
    Failure withoutThrown() {
        return new Failure(check, kind, summary, null);
    }

    public Optional<Throwable> cause() {
        return Optional.ofNullable(thrown);
    }
}
