package dev.gatehouse.journal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.Actor;

/**
 * Something that happened and has no number yet.
 *
 * @param at when
 * @param type what kind of thing, such as {@code device.removed}: 64 characters at most
 * @param actor on whose behalf
 * @param deviceId the device that it is about, if it is about one
 * @param data what else there is to know: texts, numbers, booleans, and lists and maps of them; never a secret
 */
public record Note(Instant at, String type, Actor actor, Optional<String> deviceId, Map<String, Object> data) {

    /** Keeps what was given. */
    public Note {
        data = Map.copyOf(data);
    }
}
