package dev.gatehouse.offline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.config.Home;
import dev.gatehouse.config.OwnerOnlyFile;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Database;
import dev.gatehouse.device.DatabaseSettings;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.DeviceSettings;
import dev.gatehouse.device.RegistryListener;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.journal.JournaledChanges;
import dev.gatehouse.spi.TemporarilyUnavailable;

/** Carries out an order on the data itself, when no gateway runs that would do it. */
final class DirectAccess {

    private static final int H2_IN_USE = 90020;
    private static final Set<Deed> CUTTING = Set.of(Deed.ROTATE, Deed.REVOKE, Deed.REMOVE);

    private final Home home;
    private final OfflineSettings settings;
    private final Consumer<String> warnings;

    DirectAccess(Home home, Map<String, String> environment, Consumer<String> warnings) {
        this.home = home;
        this.settings = new OfflineSettings(home, environment, warnings);
        this.warnings = warnings;
    }

    /**
     * Opens the database, carries out the order and closes it again.
     *
     * @throws CommandFailed when the database cannot be found or opened
     */
    Reply carryOut(Order order) {
        DatabaseSettings where = settings.database();
        DeviceSettings devices = settings.devices();
        if (where.url().isEmpty()) {
            checkData(order);
        }
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        RegistryListener journal = JournaledChanges.withoutGateway(clock);
        try (Database database = open(where);
                DeviceRegistry registry = new DeviceRegistry(database, () -> devices, clock, random, journal)) {
            OwnerDesk desk = new OwnerDesk(
                    registry, new ApiKeys(database, clock, random, journal), Journal.toRead(database, clock));
            Reply reply = desk.carryOut(order);
            if (reply.done() && CUTTING.contains(order.deed()) && !where.url().isEmpty()) {
                warnings.accept("no gateway answers in " + home.root() + ", so nobody was told: a gateway elsewhere on "
                        + database.location() + " refuses the device from now on, but live sessions go on");
            }
            return reply;
        }
    }

    /** A wrong home must not look like a gateway without devices; an import may come before the first start. */
    private void checkData(Order order) {
        boolean isImport = order.deed() == Deed.IMPORT;
        if (!isImport && !Files.exists(dataFile())) {
            throw new CommandFailed("there is no data of a gateway in " + home.root()
                    + "; name the gateway's home with --home=DIR or GATEHOUSE_HOME");
        }
        OwnerOnlyFile.createFolder(home.data());
    }

    private Path dataFile() {
        return home.data().resolve("devices.mv.db");
    }

    private Database open(DatabaseSettings where) {
        try {
            return Database.open(where, home.data());
        } catch (TemporarilyUnavailable e) {
            if (isInUse(e)) {
                throw new CommandFailed(
                        "the data is in use by another process, and no gateway answers in " + home.ownerFolder()
                                + "; run the command as the user of that gateway, use REST, or stop it first",
                        e);
            }
            throw new CommandFailed(e.getMessage() + reason(e), e);
        }
    }

    private static boolean isInUse(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE);
    }

    /** What the database itself says; its driver names neither user nor password there. */
    private static String reason(Throwable failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .reduce((first, second) -> second)
                .map(root -> " (" + root.getMessage() + ")")
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
