package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.chain.Candidate;
import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.chain.ChainGeneration;
import dev.gatehouse.chain.ChainReloader;
import dev.gatehouse.chain.RegistryDoors;
import dev.gatehouse.chain.ReloadReport;
import dev.gatehouse.config.ConfigReport;
import dev.gatehouse.config.Home;
import dev.gatehouse.config.InvalidConfig;
import dev.gatehouse.config.OwnerOnlyFile;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.control.ControlPlane;
import dev.gatehouse.control.DeviceAnnouncer;
import dev.gatehouse.control.DeviceMethods;
import dev.gatehouse.control.Health;
import dev.gatehouse.control.Invocations;
import dev.gatehouse.control.LiveNodes;
import dev.gatehouse.control.NodeAllowList;
import dev.gatehouse.control.NodeAnnouncer;
import dev.gatehouse.control.NodeCalls;
import dev.gatehouse.control.NodeMethods;
import dev.gatehouse.control.Presence;
import dev.gatehouse.control.ScopeUpgrades;
import dev.gatehouse.control.SetupMethods;
import dev.gatehouse.control.SystemMethods;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Database;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.DeviceSettings;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.RegistryCounter;
import dev.gatehouse.device.RegistryListener;
import dev.gatehouse.idempotency.KeptAnswers;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.journal.JournaledChanges;
import dev.gatehouse.journal.JournaledDecisions;
import dev.gatehouse.limit.Guesses;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.limit.UnadmittedSockets;
import dev.gatehouse.management.EventFeed;
import dev.gatehouse.management.SessionDesk;
import dev.gatehouse.observe.Observatory;
import dev.gatehouse.offline.OwnerDesk;
import dev.gatehouse.offline.OwnerSocket;
import dev.gatehouse.protocol.Hello;
import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.refusal.Refusals;
import dev.gatehouse.refusal.Surroundings;
import dev.gatehouse.session.DecisionLog;
import dev.gatehouse.session.Gatekeeper;
import dev.gatehouse.session.Greeter;
import dev.gatehouse.session.LiveSessions;
import dev.gatehouse.session.PageWatch;
import dev.gatehouse.session.Refuser;
import dev.gatehouse.session.SecretWatch;
import dev.gatehouse.session.SessionTerminator;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.webhook.RetrySchedule;
import dev.gatehouse.webhook.Webhooks;

/** One running gateway: every part, built and connected. Closed in the reverse order of its making. */
final class Gateway implements AutoCloseable {

    static final String VERSION = "0.1.0";

    /** A jar that is not whole and was not written to for so long is broken. */
    private static final Duration HALF_COPIED = Duration.ofSeconds(10);

    /** As the reference gateway does; it keeps an idle connection open in the proxies on its way. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);

    private static final Duration INVITATION_SWEEP = Duration.ofMinutes(5);
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(60); // wire reference 1.4
    private static final Duration DATABASE_INTERVAL = Duration.ofSeconds(5);
    private static final Duration BANS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration GUESSES_INTERVAL = Duration.ofSeconds(1);
    private static final Duration REFUSALS_INTERVAL = Duration.ofSeconds(1);
    private static final Duration REGISTRY_COUNT_INTERVAL = Duration.ofSeconds(15);
    private static final Duration CLOSING = Duration.ofMinutes(1);
    private static final Duration SECRETS_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PAGES_INTERVAL = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    private final ChainReloader chains;
    private final ConfigInForce config;
    private final Database database;
    private final DeviceRegistry devices;
    private final Invitations invitations;
    private final NodeSurfaces surfaces;
    private final LiveNodes nodes;
    private final NodeAnnouncer nodeAnnouncer;
    private final ApiKeys apiKeys;
    private final Bans bans;
    private final Guesses guesses;
    private final KeptAnswers keptAnswers;
    private final Journal journal;
    private final EventFeed events;
    private final Webhooks webhooks;
    private final ConsoleSessions consoleSessions;
    private final OwnerSocket ownerSocket;
    private final ScopeUpgrades upgrades;
    private final Chores chores = new Chores();
    private final LiveSessions sessions;
    private final UnadmittedSockets sockets;
    private final RecentRefusals explainable;
    private final Refusals refusals;
    private final Surroundings surroundings;
    private final Health health;
    private final Gatekeeper gatekeeper;
    private final PageWatch pages;
    private final ChainDesk desk;
    private final Observatory observatory;
    private final Supplier<Path> pluginsFolder;

    private Gateway(
            Home home,
            ChainReloader chains,
            ConfigInForce config,
            Preparation preparation,
            RegistryDoors doors,
            Database database,
            String contextPath,
            RetrySchedule webhookSchedule,
            SecureRandom random,
            Clock clock) {
        this.chains = chains;
        this.config = config;
        this.database = database;
        sessions = new LiveSessions(new SessionCaps(() -> config.get().limits()));
        sockets = new UnadmittedSockets(() -> config.get().limits(), this::longestHandshake, clock);
        Supplier<DeviceSettings> deviceSettings = () -> config.get().devices();
        Executor workers = chores.workers();
        DeviceAnnouncer announcer = new DeviceAnnouncer(sessions, this::pairingRequest, workers, clock);
        Invocations invocations = new Invocations(sessions, chores.timers(), clock);
        journal = new Journal(database, () -> config.get().audit(), clock);
        RegistryListener listener = JournaledChanges.of(
                journal,
                clock,
                new SessionTerminator(sessions)
                        .andThen(this::tellNodes)
                        .andThen(announcer)
                        .andThen(this::settleUpgrades));
        devices = new DeviceRegistry(database, deviceSettings, clock, random, listener, sessions::devices);
        invitations =
                new Invitations(database, deviceSettings, () -> config.get().invitations(), clock, random, listener);
        surfaces = new NodeSurfaces(database, clock, random, listener);
        upgrades = new ScopeUpgrades(devices, workers);
        NodeAllowList allowList = new NodeAllowList(() -> config.get().nodes());
        nodes = new LiveNodes(surfaces, allowList, invocations, clock);
        nodeAnnouncer = new NodeAnnouncer(sessions, surfaces, nodes, workers, clock);
        apiKeys = new ApiKeys(database, clock, random, listener);
        bans = new Bans(database, () -> config.get().network().trustedRanges(), clock, random, listener);
        bans.whenBanned(sessions::banned);
        guesses = new Guesses(
                database,
                () -> config.get().limits(),
                device -> devices.find(device).isPresent(),
                clock,
                random);
        keptAnswers = new KeptAnswers(database, clock, random);
        ownerSocket = new OwnerSocket(home, new OwnerDesk(devices, apiKeys, journal)::answer);
        consoleSessions = new ConsoleSessions(apiKeys, clock, random);
        Presence presence = new Presence(sessions, chores.timers(), clock);
        health = new Health(VERSION, sessions, presence, database::answers, clock);
        desk = new ChainDesk(chains, doors, preparation::readText, GatehouseConfig.class, clock);
        observatory = new Observatory(
                new Observatory.Sights(
                        desk, sessions, health, database, new RegistryCounter(database, deviceSettings, clock)),
                Refusal.stockCodes(),
                () -> config.get().traces(),
                VERSION,
                clock);
        ControlPlane control = ControlPlane.of(
                        random,
                        new SystemMethods(health, presence),
                        new DeviceMethods(devices, sessions),
                        new SetupMethods(invitations, contextPath),
                        upgrades,
                        new NodeMethods(surfaces, nodes, allowList, invocations, clock),
                        new NodeCalls(nodes, invocations, clock))
                .heardBy(observatory.calls());
        explainable = new RecentRefusals(clock);
        refusals = new Refusals(database, () -> config.get().refusals(), random, clock);
        DecisionLog log = new DecisionLog();
        gatekeeper = new Gatekeeper(
                () -> config.get().door(),
                bans,
                guesses,
                new Greeter(devices, invitations, control.advertised(), presence, health, VERSION),
                sessions,
                new SecretWatch(
                        this::chain, sessions, () -> config.get().devices().boundToSecret()),
                presence,
                nodes,
                control,
                log,
                new Refuser(refusals, explainable, log),
                AdmissionListener.of(observatory, new JournaledDecisions(journal, clock)),
                chores.timers(),
                workers,
                clock);
        pages = new PageWatch(() -> chain().mark(), desk::explainUpgrade, sessions, this::noteEnded);
        pluginsFolder = () -> preparation.folder(config.get().plugins());
        events = new EventFeed(journal);
        webhooks =
                new Webhooks(database, journal, () -> config.get().webhooks(), VERSION, webhookSchedule, clock, random);
        observatory.watch(webhooks.figures());
        chains.whenTried(this::noteReload);
        surroundings = new ConfigSurroundings(desk, home);
    }

    /** Builds and starts a gateway at the root of its server. */
    static Gateway start(Home home, Map<String, String> environment, List<Path> bundledPlugins, Clock clock) {
        return start(home, environment, bundledPlugins, "", RetrySchedule.standard(), clock);
    }

    /**
     * Builds and starts a gateway.
     *
     * @param bundledPlugins the jars of the checks that come with the gateway
     * @param contextPath where it is deployed on its server; empty for the root
     * @param webhookSchedule when webhooks are tried again
     * @throws StartupFailed with every problem of config, plugins and chain
     * @throws dev.gatehouse.spi.TemporarilyUnavailable when the database cannot be opened
     */
    static Gateway start(
            Home home,
            Map<String, String> environment,
            List<Path> bundledPlugins,
            String contextPath,
            RetrySchedule webhookSchedule,
            Clock clock) {
        SecureRandom random = new SecureRandom();
        FirstStart firstStart = new FirstStart(home.gatewayToken(), random);
        RegistryDoors doors = new RegistryDoors();
        Preparation preparation = new Preparation(
                home,
                home.config(),
                environment,
                bundledPlugins,
                firstStart,
                home.loadedPlugins(),
                doors,
                HALF_COPIED,
                clock);
        ConfigInForce config = new ConfigInForce();
        ChainReloader chains = chains(home, preparation, config, clock);
        Gateway gateway;
        try {
            OwnerOnlyFile.createFolder(home.data());
            Database database = Database.open(config.get().database(), home.data());
            gateway = new Gateway(
                    home, chains, config, preparation, doors, database, contextPath, webhookSchedule, random, clock);
        } catch (RuntimeException e) {
            chains.close();
            throw e;
        }
        try {
            firstStart.ensureApiKey(gateway.apiKeys, home.apiKey());
            doors.open(gateway.devices, gateway.invitations);
            gateway.begin(clock);
            return gateway;
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private static ChainReloader chains(Home home, Preparation preparation, ConfigInForce config, Clock clock) {
        Supplier<Candidate> disk = () -> {
            Candidate candidate = preparation.prepare(config::set);
            return candidate.andThen(() -> writeSchema(home, candidate.generation()));
        };
        try {
            return new ChainReloader(
                    disk,
                    () -> preparation.sight(config.get()),
                    () -> config.get().door().handshakeTimeout(),
                    clock);
        } catch (InvalidConfig e) {
            throw new StartupFailed(e.problems());
        }
    }

    /** What the announcer tells of; the registry is there by the time that it has something to tell. */
    private PairingRequest pairingRequest(String requestId) {
        return devices.pairingRequest(Authority.gateway(), requestId);
    }

    /** Those who wait are there by the time that somebody decides about them. */
    private void settleUpgrades(DeviceEvent event) {
        upgrades.accept(event);
    }

    /** What may be used of nodes changes before anybody is told so; both are there by the time that something changes. */
    private void tellNodes(DeviceEvent event) {
        nodes.accept(event);
        nodeAnnouncer.accept(event);
    }

    /** For editors; a gateway that cannot write it works as well without. */
    private static void writeSchema(Home home, ChainGeneration generation) {
        try {
            Files.writeString(
                    home.schema(),
                    ChainDesk.schema(generation, GatehouseConfig.class).toPrettyString() + "\n");
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the schema of the config cannot be written for editors: " + e);
        }
    }

    /** What is in force now, for people. */
    ChainGeneration chainGeneration() {
        return chains.current();
    }

    /** The folder of the operator's plugins. */
    Path pluginsFolder() {
        return pluginsFolder.get();
    }

    /** The chain in force now. */
    AdmissionChain chain() {
        return chains.current().chain();
    }

    /** What watches the gateway. */
    Observatory observatory() {
        return observatory;
    }

    /** What operators ask about the config. */
    ConfigReport.Desk configDesk() {
        return () -> config.report(desk.checks());
    }

    ChainDesk desk() {
        return desk;
    }

    /** What the chain can be asked about again. */
    RecentRefusals explainable() {
        return explainable;
    }

    /** What is kept for people. */
    Refusals refusals() {
        return refusals;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The config in force now. */
    GatehouseConfig config() {
        return config.get();
    }

    DeviceRegistry devices() {
        return devices;
    }

    Invitations invitations() {
        return invitations;
    }

    NodeSurfaces surfaces() {
        return surfaces;
    }

    ApiKeys apiKeys() {
        return apiKeys;
    }

    Bans bans() {
        return bans;
    }

    /** The answers to calls that may be made again. */
    KeptAnswers keptAnswers() {
        return keptAnswers;
    }

    EventFeed events() {
        return events;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    private void noteReload(ReloadReport report) {
        Map<String, Object> data = report.inForce()
                ? Map.of("trigger", report.trigger(), "warnings", report.warnings())
                : Map.of("trigger", report.trigger(), "problems", report.problems());
        journal.note(report.inForce() ? "chain.swapped" : "chain.failed", Actor.GATEWAY, Optional.empty(), data);
    }

    private void noteEnded(PageWatch.Ended ended) {
        journal.note(
                "session.terminated",
                Actor.GATEWAY,
                ended.deviceId(),
                Map.of(
                        "sessionId", ended.sessionId(),
                        "origin", ended.origin(),
                        "code", ended.code(),
                        "reason", ended.reason()));
    }

    Journal journal() {
        return journal;
    }

    ConsoleSessions consoleSessions() {
        return consoleSessions;
    }

    SessionDesk sessionDesk() {
        return new LiveSessionDesk(sessions);
    }

    Health health() {
        return health;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    /** The sockets that are not admitted yet. */
    UnadmittedSockets sockets() {
        return sockets;
    }

    /** After what time every handshake is decided, and its socket closed. */
    private Duration longestHandshake() {
        GatehouseConfig now = config.get();
        return now.door()
                .handshakeTimeout()
                .plus(now.admission().chainDeadline().multipliedBy(2))
                .plus(CLOSING);
    }

    /** Where the devices are kept, for people. */
    String databaseLocation() {
        return database.location();
    }

    /** Tells every client that the gateway stops, without closing anything else yet. */
    void drain() {
        observatory.readiness().stopping();
        sessions.restart();
    }

    @Override
    public void close() {
        drain();
        ownerSocket.close();
        events.close();
        webhooks.close();
        chores.timers().shutdownNow();
        chains.close();
        chores.workers().shutdownNow();
        observatory.close();
        closeDevices();
        journal.note("gateway.stopped", Actor.GATEWAY, Optional.empty(), Map.of("version", VERSION));
        journal.close();
        refusals.close();
        guesses.close();
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
        devices.warmUp();
        journal.begin();
        Paced counting = new Paced(observatory::countRegistry, System::nanoTime);
        journal.note("gateway.started", Actor.GATEWAY, Optional.empty(), Map.of("version", VERSION));
        refusals.load();
        bans.look();
        guesses.look();
        chains.watch();
        ownerSocket.open();
        gatekeeper.secrets().look();
        gatekeeper.secrets().whenChanged(guesses::secretsChanged);
        chores.everyOnAWorker(SECRETS_INTERVAL, "look at the secrets", gatekeeper.secrets()::look);
        chores.everyOnAWorker(PAGES_INTERVAL, "look at the pages", pages::look);
        chores.every(Hello.TICK_INTERVAL, "tick", () -> sessions.tick(clock.millis()));
        chores.everyOnAWorker(DATABASE_INTERVAL, "look at the database", health::look);
        chores.everyOnAWorker(REGISTRY_COUNT_INTERVAL, "count of the registry", counting);
        chores.every(HEALTH_INTERVAL, "word of the health", health::tell);
        chores.everyOnAWorker(REFUSALS_INTERVAL, "flush of the refusals", refusals::flush);
        chores.everyOnAWorker(BANS_INTERVAL, "look at the bans", bans::look);
        chores.everyOnAWorker(GUESSES_INTERVAL, "count of the guesses", guesses::flush);
        chores.everyOnAWorker(BANS_INTERVAL, "look at the guesses", guesses::look);
        chores.everyOnAWorker(INVITATION_SWEEP, "sweep of the invitations", invitations::forgetEnded);
        chores.everyOnAWorker(INVITATION_SWEEP, "sweep of the kept answers", keptAnswers::forgetOld);
        chores.everyOnAWorker(PING_INTERVAL, "ping", sessions::ping); // a server may let a ping wait
        chores.everyOnAWorker(REGISTRY_COUNT_INTERVAL, "count of the webhooks", webhooks::count);
        webhooks.begin();
        chores.workers().execute(counting);
        observatory.readiness().started();
    }
}
