package dev.gatehouse.protocol;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A request of a client (wire reference 1.3).
 *
 * @param id the id to answer
 * @param method what the client calls
 * @param params what it calls it with, an empty object when it says nothing; empty when the frame is so large that no
 *     method can want what is in it
 */
public record RequestFrame(String id, String method, Optional<JsonNode> params) implements LaterFrame {

    /** The longest frame whose parameters are read, in characters; most methods take a few hundred. */
    public static final int READ_MAX = 64 * 1024;

    /** The longest frame of a node whose parameters are read, in characters: the result of a command may be an image. */
    public static final int NODE_READ_MAX = 4 * 1024 * 1024;

    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String METHOD = "method";
    private static final String PARAMS = "params";
    private static final int NAME_MAX = 256;

    /** Reads a frame that came after hello; never throws, whatever the text is. */
    public static LaterFrame parse(String text) {
        return parse(text, READ_MAX);
    }

    /**
     * Reads a frame that came after hello; never throws, whatever the text is.
     *
     * @param readMax the longest frame whose parameters are read, in characters
     */
    public static LaterFrame parse(String text, int readMax) {
        boolean isRead = text.length() <= readMax;
        Optional<JsonNode> parsed = Json.skim(text, Set.of(TYPE, ID, METHOD), isRead ? Set.of(PARAMS) : Set.of());
        if (parsed.isEmpty()) {
            return new NotJson();
        }
        Problems problems = new Problems();
        RequestFrame request = read(Members.of(parsed.get(), problems));
        if (problems.isEmpty()) {
            return isRead ? request.with(parsed.get().path(PARAMS)) : request;
        }
        return new Invalid(answerId(parsed.get()), WireError.invalidRequest("invalid request frame: " + problems));
    }

    /** A request without its parameters. */
    static RequestFrame read(Members frame) {
        frame.constant(TYPE, "req");
        return new RequestFrame(frame.text(ID, NAME_MAX), frame.text(METHOD, NAME_MAX), Optional.empty());
    }

    private RequestFrame with(JsonNode said) {
        return new RequestFrame(
                id, method, Optional.of(said.isMissingNode() ? JsonNodeFactory.instance.objectNode() : said));
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
