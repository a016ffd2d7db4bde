package dev.gatehouse.control;

import java.util.Set;

/** The live sessions, as far as those who tell them something need to know them. Safe for concurrent use. */
public interface Audience {

    /** Tells everybody who may hear it; does not block. */
    void tell(Event event);

    /**
     * Tells one session something that is for it alone; does not block.
     *
     * @param frame an event without a number (wire reference 1.3)
     * @return false when there is no such session, or it cannot hear any more or not yet
     */
    boolean tellOne(String connectionId, String frame);

    /** The devices that have a live session now. */
    Set<String> devices();

    /** How many sessions are live. */
    int count();
}
