package dev.gatehouse.device;

import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.persistence.EntityManager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes, each in one transaction, and publishes their events after the commit, on the calling thread. Safe for
 * concurrent use.
 */
final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final Database database;
    private final Consumer<DeviceEvent> listener;

    Changes(Database database, Consumer<DeviceEvent> listener) {
        this.database = database;
        this.listener = listener;
    }

    <T> T make(Function<EntityManager, Change<T>> work) {
        Change<T> change = database.inTransaction(work);
        change.events().forEach(this::publish);
        return change.value();
    }

    private void publish(DeviceEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            // The change is committed, so its caller must not be told that it failed.
            LOG.error("a listener failed on {}", event, e);
        }
    }
}
