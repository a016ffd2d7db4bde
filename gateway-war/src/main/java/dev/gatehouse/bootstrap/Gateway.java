package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Database;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.handshake.NetworkSettings;
import dev.gatehouse.protocol.Hello;
import dev.gatehouse.session.DecisionLog;
import dev.gatehouse.session.Gatekeeper;
import dev.gatehouse.session.Greeter;
import dev.gatehouse.session.LiveSessions;
import dev.gatehouse.session.SessionTerminator;
import dev.gatehouse.spi.TemporarilyUnavailable;

/** One running gateway: every part, built and connected. Closed in the reverse order of its making. */
final class Gateway implements AutoCloseable {

    static final String VERSION = "0.1.0";

    /** The check that admits approved devices only; with it, a device's session lives as long as its grant. */
    private static final String APPROVAL_CHECK = "pairing";

    /** As many as can use the database at a time. */
    private static final int WORKERS = 8;

    private static final int DECISIONS_WAITING_MAX = 4096;
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    private final Prepared prepared;
    private final Database database;
    private final DeviceRegistry devices;
    private final ApiKeys apiKeys;
    private final ScheduledThreadPoolExecutor timers;
    private final ThreadPoolExecutor workers;
    private final LiveSessions sessions = new LiveSessions();
    private final Gatekeeper gatekeeper;

    private Gateway(Prepared prepared, Database database, SecureRandom random, Clock clock) {
        this.prepared = prepared;
        this.database = database;
        GatehouseConfig config = prepared.config();
        AdmissionChain chain = prepared.chain();
        devices = new DeviceRegistry(database, config.devices(), clock, random, new SessionTerminator(sessions));
        apiKeys = new ApiKeys(database, clock, random);
        timers = timers();
        workers = workers();
        Greeter greeter = new Greeter(devices, chain.names().contains(APPROVAL_CHECK), VERSION, clock);
        gatekeeper = new Gatekeeper(
                config.door(),
                greeter,
                sessions,
                new DecisionLog(random),
                new RecentRefusals(clock),
                timers,
                workers,
                clock);
    }

    /**
     * Builds and starts a gateway.
     *
     * @param bundledPlugins the jars of the checks that come with the gateway
     * @throws StartupFailed with every problem of config, plugins and chain
     * @throws dev.gatehouse.spi.TemporarilyUnavailable when the database cannot be opened
     */
    static Gateway start(Home home, Map<String, String> environment, List<Path> bundledPlugins, Clock clock) {
        SecureRandom random = new SecureRandom();
        FirstStart firstStart = new FirstStart(home, random);
        Prepared prepared = Prepared.from(home, environment, bundledPlugins, firstStart, clock);
        Gateway gateway;
        try {
            OwnerOnlyFile.createFolder(home.data());
            Database database = Database.open(prepared.config().database(), home.data());
            gateway = new Gateway(prepared, database, random, clock);
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
        try {
            firstStart.ensureApiKey(gateway.apiKeys);
            gateway.begin(clock);
            return gateway;
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    AdmissionChain chain() {
        return prepared.chain();
    }

    NetworkSettings network() {
        return prepared.config().network();
    }

    DeviceRegistry devices() {
        return devices;
    }

    ApiKeys apiKeys() {
        return apiKeys;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    /** Where the devices are kept, for people. */
    String databaseLocation() {
        return database.location();
    }

    /** Tells every client that the gateway stops, without closing anything else yet. */
    void drain() {
        sessions.restart();
    }

    @Override
    public void close() {
        drain();
        timers.shutdownNow();
        prepared.close();
        workers.shutdownNow();
        closeDevices();
        database.close();
    }

    /** When the database is down, what was seen last is lost; that must not keep the rest open. */
    private void closeDevices() {
        try {
            devices.close();
        } catch (TemporarilyUnavailable e) {
            LOG.log(System.Logger.Level.WARNING, "it is not written down when devices were last seen", e);
        }
    }

    private void begin(Clock clock) {
        prepared.doors().open(devices);
        long tickMillis = Hello.TICK_INTERVAL.toMillis();
        var unused = timers.scheduleAtFixedRate(() -> tick(clock), tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    private void tick(Clock clock) {
        try {
            sessions.tick(clock.millis());
        } catch (RuntimeException e) { // a timer that throws would never tick again
            LOG.log(System.Logger.Level.ERROR, "a tick failed", e);
        }
    }

    private static ScheduledThreadPoolExecutor timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, daemons("gatehouse-timer"));
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    /** When all of them are busy and too much waits, whoever brings more carries it out. */
    private static ThreadPoolExecutor workers() {
        return new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DECISIONS_WAITING_MAX),
                daemons("gatehouse-decision"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(Gateway.class.getClassLoader());
            return thread;
        };
    }
}
