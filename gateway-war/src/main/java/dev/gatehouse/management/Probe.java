package dev.gatehouse.management;

import dev.gatehouse.observe.Readiness;
import dev.gatehouse.observe.Readiness.Phase;

/** The questions that whoever keeps the gateway running asks, each at a path of its own. */
public enum Probe {
    /** Whether the process answers at all; when not, it is to be restarted. It depends on nothing else. */
    LIVE("/health/live"),
    /** Whether it is done with starting. */
    STARTED("/health/started"),
    /** Whether clients should be sent here: a chain is in force, the database answers, and the gateway does not stop. */
    READY("/health/ready");

    private final String path;

    Probe(String path) {
        this.path = path;
    }

    /** The path, within the context of the deployment. */
    public String path() {
        return path;
    }

    boolean isPassedBy(Readiness readiness) {
        return switch (this) {
            case LIVE -> true;
            case STARTED -> readiness.phase() != Phase.STARTING;
            case READY -> readiness.isReady();
        };
    }
}
