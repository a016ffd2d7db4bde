package dev.gatehouse.protocol;

/** What a frame after hello turned out to be (wire reference 1.6). */
public sealed interface LaterFrame permits RequestFrame, LaterFrame.NotJson, LaterFrame.Invalid {

    /** A frame that is not JSON: it is ignored, and the socket stays. */
    record NotJson() implements LaterFrame {}

    /**
     * A frame that is no request: it is answered, and the socket stays.
     *
     * @param id the id to answer: the frame's own where it has a usable one, else {@link Frames#NO_ID}
     * @param error what to answer
     */
    record Invalid(String id, WireError error) implements LaterFrame {}
}
