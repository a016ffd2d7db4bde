package dev.gatehouse.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each check that was asked said about one connection, and how long it took, in the order of asking. */
public record Trace(List<Entry> entries) {

    /** The two moments at which a check is asked. */
    public enum Stage {
        UPGRADE,
        CONNECT
    }

    /** The kind of answer that a check gave. */
    public enum Answer {
        PASS,
        IDENTIFIED,
        ABSENT,
        VETO,
        FAILED
    }

    /**
     * One answer.
     *
     * @param stage when the check was asked
     * @param check its name in the chain
     * @param answer what it said
     * @param code the reason's code, for an absent credential, a veto or a failure
     * @param took how long it took
     * @param askedAt when it was asked, as {@link System#nanoTime} has it
     */
    public record Entry(Stage stage, String check, Answer answer, Optional<String> code, Duration took, long askedAt) {

        @Override
        public String toString() {
            return check + "=" + answer.name().toLowerCase(Locale.ROOT)
                    + code.map(c -> "(" + c + ")").orElse("") + " " + took.toNanos() / 1000 + "us";
        }
    }

    public Trace {
        entries = List.copyOf(entries);
    }

    static Trace of(List<Reply> replies) {
        List<Entry> entries = new ArrayList<>(replies.size());
        for (Reply reply : replies) {
            entries.add(reply.toEntry());
        }
        return new Trace(entries);
    }

    /** The check that identified the client first, if one did. */
    public Optional<String> identifiedBy() {
        return entries.stream()
                .filter(entry -> entry.answer() == Answer.IDENTIFIED)
                .map(Entry::check)
                .findFirst();
    }

    /** One line for a log. */
    @Override
    public String toString() {
        return entries.stream().map(Entry::toString).collect(Collectors.joining(", "));
    }
}
