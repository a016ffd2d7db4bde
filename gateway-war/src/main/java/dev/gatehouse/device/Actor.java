package dev.gatehouse.device;

import java.util.Optional;

/**
 * On whose behalf something changes, for the journal.
 *
 * @param kind what acts
 * @param id which one of that kind, when there are several
 * @param label what people call it, when it has a name
 */
public record Actor(Kind kind, Optional<String> id, Optional<String> label) {

    /** What can act. */
    public enum Kind {
        /** A program or a person with an API key. */
        API_KEY,
        /** Whoever can read the gateway's files, by a command. */
        OWNER,
        /** The client of a live session; the id is its device, if it has one. */
        SESSION,
        /** A device that connects. */
        DEVICE,
        /** The gateway by itself: a time was over, or its config says so. */
        GATEWAY
    }

    /** The gateway itself. */
    public static final Actor GATEWAY = new Actor(Kind.GATEWAY, Optional.empty(), Optional.empty());

    /** The owner's commands. */
    public static final Actor OWNER = new Actor(Kind.OWNER, Optional.empty(), Optional.empty());

    /**
     * A device that connects.
     *
     * @param deviceId its id
     */
    public static Actor device(String deviceId) {
        return new Actor(Kind.DEVICE, Optional.of(deviceId), Optional.empty());
    }
}
