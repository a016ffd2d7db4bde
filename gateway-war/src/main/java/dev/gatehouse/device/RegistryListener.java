package dev.gatehouse.device;

import java.sql.Connection;
import java.sql.SQLException;

/** Is told of what changes in the registry: in the transaction, and after it. Must be safe for concurrent use. */
@FunctionalInterface
public interface RegistryListener {

    /**
     * Is told of a change before its commit, to note it in the same transaction. May be told of one change several times,
     * when the transaction collides and is tried again; and of one that is rolled back then.
     *
     * @param connection the transaction's; statements are to be closed
     * @param actor on whose behalf
     * @param event what changes
     * @throws SQLException from the connection; rolls the change back
     */
    default void changing(Connection connection, Actor actor, RegistryEvent event) throws SQLException {}

    /**
     * Is told of a change after its commit, on the thread that made it; must not block for long.
     *
     * @param event what changed
     */
    void changed(DeviceEvent event);
}
