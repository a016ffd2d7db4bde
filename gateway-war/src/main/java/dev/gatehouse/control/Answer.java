package dev.gatehouse.control;

import java.util.concurrent.CompletableFuture;

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

    /**
     * The call waits for somebody else, and the calls after it do not wait with it.
     *
     * @param answer what it comes to; never another {@code Later}, and never fails but by being cancelled, which whoever
     *     made the call does when the answer is no longer wanted
     */
    record Later(CompletableFuture<Answer> answer) implements Answer {}
}
