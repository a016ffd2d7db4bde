package dev.gatehouse.protocol;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request of a client, without its parameters (wire reference 1.3).
 *
 * @param id the id to answer
 * @param method what the client calls
 */
public record RequestFrame(String id, String method) implements LaterFrame {

    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String METHOD = "method";
    private static final int NAME_MAX = 256;

    /** Reads a frame that came after hello; never throws, whatever the text is. */
    public static LaterFrame parse(String text) {
        Optional<JsonNode> parsed = Json.skim(text, Set.of(TYPE, ID, METHOD));
        if (parsed.isEmpty()) {
            return new NotJson();
        }
        Problems problems = new Problems();
        RequestFrame request = read(Members.of(parsed.get(), problems));
        if (problems.isEmpty()) {
            return request;
        }
        return new Invalid(answerId(parsed.get()), WireError.invalidRequest("invalid request frame: " + problems));
    }

    static RequestFrame read(Members frame) {
        frame.constant(TYPE, "req");
        return new RequestFrame(frame.text(ID, NAME_MAX), frame.text(METHOD, NAME_MAX));
    }

    /** The id to answer a frame that may be broken in any way. */
    static String answerId(JsonNode frame) {
        return Optional.ofNullable(frame.path(ID).textValue())
                .filter(id -> !id.isEmpty() && id.length() <= NAME_MAX && PlainText.isPlain(id))
                .orElse(Frames.NO_ID);
    }

    boolean isConnect() {
        return method.equals("connect");
    }
}
