package dev.gatehouse.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.RegistryEvent;
import dev.gatehouse.device.RegistryListener;

/** Notes each change of the registry in its transaction, and passes it on after that. Safe for concurrent use. */
public final class JournaledChanges implements RegistryListener {

    private final Clock clock;
    private final Runnable afterwards;
    private final Consumer<DeviceEvent> next;

    private JournaledChanges(Clock clock, Runnable afterwards, Consumer<DeviceEvent> next) {
        this.clock = clock;
        this.afterwards = afterwards;
        this.next = next;
    }

    /**
     * Notes changes for a journal that is written.
     *
     * @param next hears of each change after its commit
     */
    public static JournaledChanges of(Journal journal, Clock clock, Consumer<DeviceEvent> next) {
        return new JournaledChanges(clock, journal::wake, next);
    }

    /** Notes changes for the gateway that starts next, in a process that is none. */
    public static JournaledChanges withoutGateway(Clock clock) {
        return new JournaledChanges(clock, () -> {}, event -> {});
    }

    @Override
    public void changing(Connection connection, Actor actor, RegistryEvent event) throws SQLException {
        Map<String, Object> data = new LinkedHashMap<>();
        String type = Described.event(event, data);
        new JdbcJournal(connection).note(new Note(clock.instant(), type, actor, Described.device(event), data));
    }

    @Override
    public void changed(DeviceEvent event) {
        afterwards.run();
        next.accept(event);
    }
}
