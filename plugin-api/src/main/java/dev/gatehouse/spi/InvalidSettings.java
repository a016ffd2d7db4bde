package dev.gatehouse.spi;

import java.util.List;

/**
 * Settings that cannot be used, with every problem at once.
 *
 * @since 0.1
 */
public final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Every problem found. */
    @SuppressWarnings("serial") // List.copyOf returns a serializable list
    private final List<String> problems;

    /**
     * Settings with these problems.
     *
     * @param problems what is wrong, each with the setting, what is allowed and the next step; never a secret; at least
     *     one
     */
    public InvalidSettings(List<String> problems) {
        super(String.join("; ", problems));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("settings without a problem are not invalid");
        }
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong.
     *
     * @return every problem found, at least one
     */
    public List<String> problems() {
        return problems;
    }
}
