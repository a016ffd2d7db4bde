package dev.gatehouse.idempotency;

import java.time.Duration;
import java.time.Instant;

/** What is known of a call when it is made. */
public sealed interface Standing {

    /** It is made for the first time; it is to be done, and then to be told how it ended. */
    record Fresh() implements Standing {}

    /**
     * It was made before.
     *
     * @param answer what was answered
     */
    record Answered(KeptAnswer answer) implements Standing {}

    /** Another call was made under its name. */
    record Reused() implements Standing {}

    /** It is being done now. */
    record UnderWay() implements Standing {}

    /**
     * It was begun, and nobody knows how it ended: the gateway stopped or failed in between.
     *
     * @param since when it was begun
     */
    record Unknown(Instant since) implements Standing {}

    /**
     * No more calls can be kept.
     *
     * @param roomIn how long until there is room
     */
    record Full(Duration roomIn) implements Standing {}
}
