package dev.gatehouse.device;

import java.util.List;

/**
 * What a transaction yields, and the events to publish once it has been committed.
 *
 * @param <T> the type of the value
 * @param value what the caller gets
 * @param events in the order in which things happened
 */
record Change<T>(T value, List<DeviceEvent> events) {

    Change {
        events = List.copyOf(events);
    }

    static <T> Change<T> of(T value, DeviceEvent... events) {
        return new Change<>(value, List.of(events));
    }
}
