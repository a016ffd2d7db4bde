package dev.gatehouse.bootstrap;

import java.util.List;
import java.util.stream.Collectors;

/** Why the gateway does not start: every problem found, in one report for the operator. */
final class StartupFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf returns a serializable list
    private final List<String> problems;

    StartupFailed(List<String> problems) {
        super(problems.stream()
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining("", "the gateway does not start; " + count(problems) + ":", "\n")));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }

    static String count(List<String> problems) {
        return problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    }
}
