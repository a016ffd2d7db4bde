package dev.gatehouse.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.control.ControlPlane;
import dev.gatehouse.control.DeviceMethods;
import dev.gatehouse.control.Health;
import dev.gatehouse.control.Invocations;
import dev.gatehouse.control.LiveNodes;
import dev.gatehouse.control.NodeAllowList;
import dev.gatehouse.control.NodeCalls;
import dev.gatehouse.control.NodeMethods;
import dev.gatehouse.control.NodeSettings;
import dev.gatehouse.control.Presence;
import dev.gatehouse.control.ScopeUpgrades;
import dev.gatehouse.control.SetupMethods;
import dev.gatehouse.control.SystemMethods;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.limit.Guesses;
import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.refusal.RefusalSettings;
import dev.gatehouse.refusal.Refusals;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;

/**
 * A door with one check, whose verdict the test gives when it likes, and with timers that the test moves. One thread
 * examines, so that a later connection is decided after an earlier one.
 */
final class DoorFixture implements AutoCloseable {

    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);
    static final Verdict IDENTIFIED =
            Verdict.identified(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN));

    private static final Duration NO_DEADLINE = Duration.ofMinutes(1);
    private static final long PATIENCE_SECONDS = 20;

    final ManualTimers timers = new ManualTimers();
    final MutableClock clock = new MutableClock();
    final LiveSessions sessions = new LiveSessions(new SessionCaps(() -> LimitSettings.STANDARD));
    final RecentRefusals explainable = new RecentRefusals(clock);
    final RecordingListener heard = new RecordingListener();

    private final RegistryFixture registry = new RegistryFixture();
    final Refusals refusals = new Refusals(
            registry.database, () -> new RefusalSettings(Duration.ofDays(7), 2000), new SecureRandom(), clock);
    private final DecisionLog log = new DecisionLog();
    private final Examiners examiners = new Examiners(1);
    private final Check check = new Check();
    private final AdmissionChain chain = new AdmissionChain(
            List.of(new NamedCheck("check", check)),
            new AdmissionSettings(List.of(), NO_DEADLINE, NO_DEADLINE, 1, 1000, NO_DEADLINE),
            examiners);
    private final Presence presence = new Presence(sessions, timers, clock);
    private final Health health = new Health("1.2.3", sessions, presence, () -> true, clock);
    private final Invocations invocations = new Invocations(sessions, timers, clock);
    private final NodeAllowList allowList = new NodeAllowList(() -> new NodeSettings(List.of(), List.of()));
    private final NodeSurfaces surfaces = new NodeSurfaces(registry.database, clock, new SecureRandom(), event -> {});
    private final LiveNodes nodes = new LiveNodes(surfaces, allowList, invocations, clock);
    private final ControlPlane control = ControlPlane.of(
            new SecureRandom(),
            new SystemMethods(health, presence),
            new DeviceMethods(registry.registry, sessions),
            new SetupMethods(registry.invitations(), ""),
            new ScopeUpgrades(registry.registry, Runnable::run),
            new NodeMethods(surfaces, nodes, allowList, invocations, clock),
            new NodeCalls(nodes, invocations, clock));
    final SecretWatch secrets = new SecretWatch(() -> chain, sessions, () -> false);
    final Guesses guesses =
            new Guesses(registry.database, () -> LimitSettings.STANDARD, device -> false, clock, new SecureRandom());
    final Gatekeeper gatekeeper = new Gatekeeper(
            () -> new DoorSettings(HANDSHAKE_TIMEOUT),
            new Bans(registry.database, List::of, clock, new SecureRandom(), event -> {}),
            guesses,
            new Greeter(registry.registry, registry.invitations(), control.advertised(), presence, health, "1.2.3"),
            sessions,
            secrets,
            presence,
            nodes,
            control,
            log,
            new Refuser(refusals, explainable, log),
            heard,
            timers,
            Runnable::run,
            clock);

    /** A connection whose upgrade came through the filter. */
    Peer open() {
        return open(stage());
    }

    /** A connection with this upgrade. */
    Peer open(UpgradeStage upgrade) {
        Peer peer = new Peer();
        upgrade.putInto(peer.socket.session().getUserProperties());
        peer.endpoint.onOpen(peer.socket.session(), new FakeEndpointConfig());
        return peer;
    }

    /** A connection whose upgrade took a place. */
    Peer openAt(Place place) {
        Peer peer = new Peer();
        place.putInto(peer.socket.session().getUserProperties());
        stage().putInto(peer.socket.session().getUserProperties());
        peer.endpoint.onOpen(peer.socket.session(), new FakeEndpointConfig());
        return peer;
    }

    /** A connection that nobody has opened yet. */
    Peer unopened() {
        return new Peer();
    }

    /** The upgrade of a command line on this machine. */
    UpgradeStage stage() {
        return chain.atUpgrade(FakeSocket.upgrade(ConnectFixture.cli()));
    }

    /** How many connections are being decided. */
    long underWay() {
        return chain.underWay();
    }

    /** From now on the check says this at upgrade. */
    void answerAtUpgrade(Verdict verdict) {
        check.atUpgrade = verdict;
    }

    /** Gives the verdict that every connection waits for. */
    void answer(Verdict verdict) {
        check.atConnect.complete(verdict);
    }

    /** Lets the check throw on every connection. */
    void fail(RuntimeException thrown) {
        check.atConnect.completeExceptionally(thrown);
    }

    /** What the check was asked about first; waits for it. */
    ConnectContext asked() {
        return check.asked.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        examiners.close();
        registry.close();
    }

    /** One client and the container between it and the gateway. */
    final class Peer {

        final FakeSocket socket = new FakeSocket();
        final GatewayEndpoint endpoint = new GatewayEndpoint(gatekeeper);

        /** Sends a connect frame without a device. */
        void connect() {
            socket.deliver(connectFrame("vm"));
        }

        /** Sends a connect frame, and reads everything up to the hello that answers it. */
        void enter() {
            connect();
            while (!socket.read().contains("hello-ok")) {
                // the challenge
            }
        }

        /** Breaks the connection. */
        void leave() {
            endpoint.onClose(socket.session(), new CloseReason(CloseCodes.GOING_AWAY, ""));
        }
    }

    static String connectFrame(String displayName) {
        return "{\"type\":\"req\",\"id\":\"c1\",\"method\":\"connect\",\"params\":{\"minProtocol\":4,\"maxProtocol\":4,"
                + "\"client\":{\"id\":\"cli\",\"mode\":\"cli\",\"version\":\"2026.9.6\",\"platform\":\"linux\","
                + "\"displayName\":\"" + displayName + "\"}}}";
    }

    static String request(String id, String method) {
        return "{\"type\":\"req\",\"id\":\"" + id + "\",\"method\":\"" + method + "\"}";
    }

    private static final class Check implements AdmissionCheck {

        private final CompletableFuture<Verdict> atConnect = new CompletableFuture<>();
        private final CompletableFuture<ConnectContext> asked = new CompletableFuture<>();
        private volatile Verdict atUpgrade = Verdict.pass();

        @Override
        public Verdict atUpgrade(UpgradeContext upgrade) {
            return atUpgrade;
        }

        @Override
        public Verdict atConnect(ConnectContext context) {
            asked.complete(context);
            try {
                return atConnect.join();
            } catch (CompletionException e) {
                throw Optional.ofNullable(e.getCause())
                        .filter(RuntimeException.class::isInstance)
                        .map(RuntimeException.class::cast)
                        .orElse(e);
            }
        }
    }
}
