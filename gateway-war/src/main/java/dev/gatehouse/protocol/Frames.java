package dev.gatehouse.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;

/** Writes the frames that the gateway sends, as compact JSON (wire reference 1.3). */
public final class Frames {

    /** The id to answer when the client's frame has none that can be sent back. */
    public static final String NO_ID = "invalid";

    private Frames() {}

    /** The first frame of a connection (wire reference 2.1); it announces no capabilities. */
    public static String challenge(String nonce, long timestamp) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("nonce", nonce);
        payload.put("ts", timestamp);
        return event("connect.challenge", payload);
    }

    /** The answer to a request that succeeded. */
    public static String ok(String id, Object payload) {
        Map<String, Object> frame = answer(id, true);
        frame.put("payload", payload);
        return Json.write(frame);
    }

    /** The answer to a request that failed. */
    public static String error(String id, WireError error) {
        Map<String, Object> frame = answer(id, false);
        frame.put("error", error.toJson());
        return Json.write(frame);
    }

    /**
     * A value that was written as JSON by somebody else, to be put into a frame as it is.
     *
     * @param text any text of a peer
     * @return empty when the text is not one JSON value
     */
    public static Optional<Object> written(String text) {
        return Json.isValue(text) ? Optional.of(new RawValue(text)) : Optional.empty();
    }

    /** The value that a short text of a peer spells; empty when it is not one JSON value. */
    public static Optional<JsonNode> tree(String text) {
        return text.length() <= RequestFrame.READ_MAX ? Json.parse(text) : Optional.empty();
    }

    /** An event for this client alone, which has no number. */
    public static String event(String name, Map<String, ?> payload) {
        return Json.write(eventFrame(name, payload));
    }

    /** An event that also says which state of the presence it shows. */
    public static String event(String name, Map<String, ?> payload, Map<String, ?> stateVersion) {
        Map<String, Object> frame = eventFrame(name, payload);
        frame.put("stateVersion", stateVersion);
        return Json.write(frame);
    }

    /**
     * The frame of a broadcast event; {@code sequence} counts per connection from 1, and a gap tells the client of a loss.
     *
     * @param event the event without a number, so that it is written once for all connections
     */
    public static String numbered(String event, long sequence) {
        return event.substring(0, event.length() - 1) + ",\"seq\":" + sequence + "}";
    }

    private static Map<String, Object> answer(String id, boolean isOk) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "res");
        frame.put("id", id);
        frame.put("ok", isOk);
        return frame;
    }

    private static Map<String, Object> eventFrame(String name, Map<String, ?> payload) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "event");
        frame.put("event", name);
        frame.put("payload", payload);
        return frame;
    }
}
