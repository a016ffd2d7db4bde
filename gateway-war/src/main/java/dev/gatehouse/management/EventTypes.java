package dev.gatehouse.management;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client of the event stream wants to hear: beginnings of types, such as {@code pairing.}; without any, everything but
 * single admission decisions, of which there may be thousands a second.
 *
 * @param beginnings 16 at most
 */
record EventTypes(List<String> beginnings) {

    private static final Pattern BEGINNING = Pattern.compile("[a-z.-]{1,64}");
    private static final int MAX = 16;
    private static final String DECISIONS = "admission.";

    /**
     * Reads a list with commas.
     *
     * @throws ProblemException when it is no such list
     */
    static EventTypes parse(String text) {
        List<String> beginnings = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (beginnings.size() > MAX
                || !beginnings.stream()
                        .allMatch(beginning -> BEGINNING.matcher(beginning).matches())) {
            throw new ProblemException(Problem.invalidQuery(
                    "types must be " + MAX + " beginnings of event types at most, such as pairing.,device.removed"));
        }
        return new EventTypes(beginnings);
    }

    boolean include(String type) {
        return beginnings.isEmpty()
                ? !type.startsWith(DECISIONS)
                : beginnings.stream().anyMatch(type::startsWith);
    }
}
