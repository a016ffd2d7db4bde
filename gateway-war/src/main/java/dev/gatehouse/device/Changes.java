package dev.gatehouse.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes, each in one transaction, in which they are noted, and publishes their events after the commit, on the
 * calling thread. Safe for concurrent use.
 */
final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final Database database;
    private final RegistryListener listener;

    Changes(Database database, RegistryListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Makes a change on behalf of somebody. */
    <T> T make(Actor actor, Function<EntityManager, Change<T>> work) {
        Change<T> change = database.inTransaction(entityManager -> {
            Change<T> made = work.apply(entityManager);
            made.events().forEach(event -> note(entityManager, actor, event));
            return made;
        });
        change.events().forEach(this::publish);
        return change.value();
    }

    /** Notes something in the transaction that makes it. */
    void note(EntityManager entityManager, Actor actor, RegistryEvent event) {
        try {
            listener.changing(entityManager.unwrap(Connection.class), actor, event);
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private void publish(DeviceEvent event) {
        try {
            listener.changed(event);
        } catch (RuntimeException e) {
            // The change is committed, so its caller must not be told that it failed.
            LOG.error("a listener failed on {}", event, e);
        }
    }
}
