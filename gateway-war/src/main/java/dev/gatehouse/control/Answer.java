package dev.gatehouse.control;

import dev.gatehouse.protocol.WireError;

/** What a call comes to. */
public sealed interface Answer {

    /**
     * The call was carried out.
     *
     * @param payload an object or a list of JSON values
     */
    record Payload(Object payload) implements Answer {}

    /**
     * The call was not carried out.
     *
     * @param error why
     */
    record Failure(WireError error) implements Answer {}
}
