package dev.gatehouse.control;

import java.util.Set;

/** The live sessions, as far as those who tell them something need to know them. Safe for concurrent use. */
public interface Audience {

    /** Tells everybody who may hear it; does not block. */
    void tell(Event event);

    /** The devices that have a live session now. */
    Set<String> devices();

    /** How many sessions are live. */
    int count();
}
