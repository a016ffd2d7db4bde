package dev.gatehouse.management;

import java.util.Optional;

/** Parameters of a query, checked. Stateless. */
final class Query {

    private Query() {}

    /**
     * A whole number within bounds.
     *
     * @throws ProblemException when it is none
     */
    static long number(String name, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) { // said below
        }
        throw new ProblemException(Problem.invalidQuery(
                max == Long.MAX_VALUE
                        ? name + " must be the 'next' of the page before"
                        : name + " must be " + min + " to " + max));
    }

    /** A text that may be left out. */
    static Optional<String> given(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(Problem.invalidQuery(detail));
    }

    /** The same for bounds that fit an {@code int}. */
    static int number(String name, String text, int min, int max) {
        return (int) number(name, text, (long) min, (long) max);
    }
}
