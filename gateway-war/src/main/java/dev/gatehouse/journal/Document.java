package dev.gatehouse.journal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.device.Actor;
import dev.gatehouse.digest.Sha256;

/** Entries as JSON, and their hashes. Stateless. */
final class Document {

    static final String FIRST_HASH = "0".repeat(64);

    /** ASCII only: no text from outside can end a line, turn it around, or colour a terminal. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The column of a body that has no number yet holds so many characters. */
    private static final int BODY_MAX = 16_000;

    private static final int TEXT_MAX = 512;

    private Document() {}

    /** What stays the same whatever number the entry gets: the inside of a JSON object. */
    static String body(Note note) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("actor", actor(note.actor()));
        note.deviceId().ifPresent(deviceId -> members.put("deviceId", deviceId));
        members.put("data", Bounded.value(note.data(), TEXT_MAX));
        String json = json(members);
        if (json.length() > BODY_MAX) {
            members.put("data", Map.of("omitted", "too large"));
            json = json(members);
        }
        return json.substring(1, json.length() - 1);
    }

    /** The whole document. */
    static String of(long sequence, Instant at, String type, String body) {
        return "{\"sequence\":" + sequence + ",\"at\":\"" + at + "\",\"type\":" + json(type) + "," + body + "}";
    }

    static String hash(String previous, String document) {
        return Sha256.hex(previous + "\n" + document); // ASCII, both
    }

    private static Map<String, Object> actor(Actor actor) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", actor.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        put(members, "id", actor.id());
        put(members, "label", actor.label());
        return members;
    }

    private static void put(Map<String, Object> members, String name, Optional<String> value) {
        value.ifPresent(text -> members.put(name, text));
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
