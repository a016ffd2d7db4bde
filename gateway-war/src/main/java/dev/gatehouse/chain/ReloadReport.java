package dev.gatehouse.chain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of one attempt to put in force what is on disk.
 *
 * @param at when it ended
 * @param trigger why it was made, for people
 * @param inForce whether it succeeded; if not, the chain before it stays
 * @param problems what is wrong and what to do, everything at once; empty when it succeeded
 * @param warnings what the operator should know although it is in force
 */
public record ReloadReport(Instant at, String trigger, boolean inForce, List<String> problems, List<String> warnings) {

    static ReloadReport inForce(Instant at, String trigger, List<String> warnings) {
        return new ReloadReport(at, trigger, true, List.of(), List.copyOf(warnings));
    }

    static ReloadReport rejected(Instant at, String trigger, List<String> problems) {
        return new ReloadReport(at, trigger, false, List.copyOf(problems), List.of());
    }

    /** The problems as lines of a log. */
    String listed() {
        return problems.stream().map(problem -> "\n  - " + problem).collect(Collectors.joining());
    }
}
