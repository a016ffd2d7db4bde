package dev.gatehouse.plugin;

/** A plugin that did not do what it was called for; the message is for the operator. */
public final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginFailure(String problem) {
        super(problem);
    }

    PluginFailure(String problem, Throwable cause) {
        super(problem, cause);
    }

    /** The problem, without the cause. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
