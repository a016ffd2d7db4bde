package dev.gatehouse.config;

import java.util.List;

/** A config that cannot be put in force, with every problem found; for the operator. */
public final class InvalidConfig extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf returns a serializable list
    private final List<String> problems;

    /**
     * A config with these problems.
     *
     * @param problems each with its place, what is allowed and the next step; at least one
     */
    public InvalidConfig(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
