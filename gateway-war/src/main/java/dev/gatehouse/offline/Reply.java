package dev.gatehouse.offline;

import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What became of an order, as it goes over the socket: a JSON object on one line.
 *
 * @param done whether it was carried out
 * @param result what came of it, when it was
 * @param message why not, when it was not
 */
record Reply(boolean done, Optional<JsonNode> result, Optional<String> message) {

    static Reply done(Object result) {
        return new Reply(true, Optional.of(Wire.tree(result)), Optional.empty());
    }

    /** The same with another result, if it was carried out. */
    Reply map(UnaryOperator<JsonNode> change) {
        return new Reply(done, result.map(change), message);
    }

    static Reply refused(String message) {
        return new Reply(false, Optional.empty(), Optional.of(message));
    }
}
