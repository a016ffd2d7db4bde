package dev.gatehouse.plugin;

import java.util.List;

/** Plugins that cannot be loaded together, with every problem at once; for the operator. */
public final class UnusablePlugins extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf returns a serializable list
    private final List<String> problems;

    UnusablePlugins(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
