package dev.gatehouse.plugin;

/** One jar that cannot be loaded, and why; the message is one problem for the operator, without the name of the jar. */
final class UnusableJar extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableJar(String problem) {
        super(problem);
    }

    UnusableJar(String problem, Throwable cause) {
        super(problem, cause);
    }

    /** The problem, without the cause. */
    String problem() {
        return String.valueOf(getMessage());
    }
}
