package dev.gatehouse.bootstrap;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.control.Answer;
import dev.gatehouse.control.Call;
import dev.gatehouse.control.ControlPlane;
import dev.gatehouse.control.DeviceMethods;
import dev.gatehouse.control.Health;
import dev.gatehouse.control.Presence;
import dev.gatehouse.control.SystemMethods;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.device.UnknownDevice;
import dev.gatehouse.device.UnknownPairingRequest;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.offline.OwnerDesk;
import dev.gatehouse.session.LiveSessions;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what to which device: every caller with every set of scopes, every deed and target, through every entry point
 * that can carry that caller. Sessions come over RPC; the owner comes over REST, with an API key, and with the commands.
 * What is expected is worked out here from wire reference 7.4, 8.1 and 8.2, not from the gateway's own rules.
 */
class AuthorisationTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String READ = "operator.read";
    private static final String PAIRING = "operator.pairing";
    private static final String DONE = "done";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final List<String> POOL = List.of(
            READ,
            "operator.write",
            "operator.admin",
            "operator.approvals",
            PAIRING,
            "operator.talk",
            "operator.sessions.read");

    private static RegistryFixture fixture;
    private static ControlPlane control;
    private static OwnerDesk owner;
    private static RestServer rest;
    private static ScheduledThreadPoolExecutor timers;

    /** Who calls: by the gateway's secret with a device or without, by its device token, as a node, or as the owner. */
    private enum Kind {
        SHARED(Identity.TOKEN, Role.OPERATOR, true),
        SHARED_WITHOUT_DEVICE(Identity.TOKEN, Role.OPERATOR, false),
        DEVICE_TOKEN(Identity.DEVICE_TOKEN, Role.OPERATOR, true),
        NODE(Identity.DEVICE_TOKEN, Role.NODE, true),
        OWNER_BY_REST("", Role.OPERATOR, false),
        OWNER_BY_COMMAND("", Role.OPERATOR, false);

        private final String method;
        private final Role role;
        private final boolean hasDevice;

        Kind(String method, Role role, boolean hasDevice) {
            this.method = method;
            this.role = role;
            this.hasDevice = hasDevice;
        }

        boolean isOwner() {
            return this == OWNER_BY_REST || this == OWNER_BY_COMMAND;
        }
    }

    private enum Deed {
        LIST("", ""),
        APPROVE("device pairing approval denied", "unknown requestId"),
        REJECT("device pairing rejection denied", "unknown requestId"),
        REMOVE("device pairing removal denied", "unknown deviceId"),
        RENAME("device pairing rename denied", "unknown deviceId"),
        ROTATE("device token rotation denied", "unknown deviceId"),
        REVOKE("device token revocation denied", "unknown deviceId");

        private final String denial;
        private final String unknown;

        Deed(String denial, String unknown) {
            this.denial = denial;
            this.unknown = unknown;
        }

        boolean isAboutARequest() {
            return this == APPROVE || this == REJECT;
        }

        boolean isAboutAToken() {
            return this == ROTATE || this == REVOKE;
        }
    }

    private enum Target {
        OWN_OPERATOR(true, Role.OPERATOR),
        OWN_NODE(true, Role.NODE),
        OTHER_OPERATOR(false, Role.OPERATOR),
        OTHER_NODE(false, Role.NODE),
        UNKNOWN(false, Role.OPERATOR);

        private final boolean isOwn;
        private final Role role;

        Target(boolean isOwn, Role role) {
            this.isOwn = isOwn;
            this.role = role;
        }
    }

    private record Row(Kind kind, Scopes scopes, Deed deed, Target target) {

        /** The answer by the wire reference; a denial is told before anything about the target but a request's absence. */
        String expected() {
            if (kind.isOwner()) {
                return target == Target.UNKNOWN ? deed.unknown : DONE;
            }
            if (kind.role == Role.NODE) {
                return "INVALID_REQUEST unauthorized role: node"; // 8.1, 2
            }
            boolean isAdmin = scopes.asList().contains("operator.admin");
            if (!isAdmin && !scopes.asList().contains(PAIRING)) {
                return "FORBIDDEN missing scope: operator.pairing"; // 8.1, 4 and 5
            }
            boolean isBound = kind == Kind.DEVICE_TOKEN && !isAdmin;
            boolean isUnknown = target == Target.UNKNOWN;
            if (isUnknown && (deed.isAboutARequest() || !isBound) && !deed.isAboutAToken()) {
                return "INVALID_REQUEST " + deed.unknown;
            }
            String denied = "INVALID_REQUEST " + deed.denial;
            if (isUnknown || (isBound && !target.isOwn)) {
                return denied; // 7.4, 2; and 8.2 for what a token call never tells apart
            }
            boolean needsAdmin = target.role == Role.NODE
                    && (deed == Deed.APPROVE || deed.isAboutAToken() || (deed == Deed.REJECT && isBound));
            if (needsAdmin && !isAdmin) {
                return denied; // 7.4, 3; 8.2
            }
            boolean passesScopesOn = target.role == Role.OPERATOR && (deed == Deed.APPROVE || deed.isAboutAToken());
            boolean coversRead =
                    isAdmin || scopes.asList().contains(READ) || scopes.asList().contains("operator.write");
            if (passesScopesOn && !coversRead) {
                return deed == Deed.APPROVE ? "INVALID_REQUEST missing scope: operator.read" : denied; // 7.4, 4; 8.2
            }
            return DONE;
        }
    }

    static Stream<Row> rows() {
        List<Scopes> some = Stream.of(
                        "",
                        READ,
                        PAIRING,
                        PAIRING + " " + READ,
                        PAIRING + " operator.write",
                        "operator.admin",
                        PAIRING + " operator.admin")
                .map(names -> Scopes.of(names.split(" ", -1)))
                .toList();
        List<Deed> deeds =
                Arrays.stream(Deed.values()).filter(deed -> deed != Deed.LIST).toList();
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Scopes scopes : kind.isOwner() ? List.of(Scopes.none()) : some) {
                for (Deed deed : deeds) {
                    Arrays.stream(Target.values())
                            .filter(target -> !target.isOwn || kind.hasDevice)
                            .forEach(target -> rows.add(new Row(kind, scopes, deed, target)));
                }
            }
        }
        return rows.stream();
    }

    @BeforeAll
    static void open() {
        fixture = new RegistryFixture();
        LiveSessions sessions = new LiveSessions(new SessionCaps(() -> LimitSettings.STANDARD));
        timers = new ScheduledThreadPoolExecutor(1);
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        Presence presence = new Presence(sessions, timers, clock);
        Health health = new Health("test", sessions, presence, () -> true, clock);
        control = ControlPlane.of(
                random, new SystemMethods(health, presence), new DeviceMethods(fixture.registry, sessions));
        ApiKeys keys = new ApiKeys(fixture.database, clock, random, event -> {});
        owner = new OwnerDesk(fixture.registry, keys, Journal.toRead(fixture.database, clock));
        rest = new RestServer(fixture, keys);
    }

    @AfterAll
    static void close() {
        rest.close();
        timers.shutdownNow();
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deed_isAnsweredAsTheReferenceSays_andDoneOnlyThen(Row row) throws Exception {
        Subject subject = subject(row.deed(), row.target());
        String before = state(subject);

        String answer = answer(row, subject);

        assertThat(answer).isEqualTo(row.expected());
        assertThat(state(subject).equals(before)).as("nothing changed").isEqualTo(!answer.equals(DONE));
        forget(subject);
    }

    /** Lets no request wait, for one address may only have so many. */
    private static void forget(Subject subject) {
        if (waits(subject)) {
            fixture.registry.reject(Authority.owner(), subject.requestId());
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void lists_showWhatTheReferenceSays(Kind kind, Scopes scopes, String sight) throws Exception {
        String own = name();
        String other = name();
        fixture.pair(own, READ);
        fixture.pair(other, READ);

        List<String> seen = seen(kind, scopes, own);

        assertThat(seen.contains(own)).isEqualTo(!sight.equals("nothing"));
        assertThat(seen.contains(other)).isEqualTo(sight.equals("all"));
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                reader(Kind.OWNER_BY_REST, "all"),
                reader(Kind.OWNER_BY_COMMAND, "all"),
                reader(Kind.NODE, "nothing", "operator.admin"),
                reader(Kind.SHARED, "nothing", READ),
                reader(Kind.SHARED, "all", PAIRING),
                reader(Kind.SHARED_WITHOUT_DEVICE, "all", PAIRING),
                reader(Kind.DEVICE_TOKEN, "nothing", READ),
                reader(Kind.DEVICE_TOKEN, "own", PAIRING, READ),
                reader(Kind.DEVICE_TOKEN, "all", "operator.admin"));
    }

    /** Whatever a session asks for over RPC, what comes out never holds a scope that the session lacks. */
    @Test
    void approveAndRotate_overRpc_neverYieldAScopeThatTheCallerLacks() {
        Random random = new Random(20261122);
        int yielded = 0;
        for (int round = 0; round < 300; round++) {
            String device = name();
            Scopes held = some(random).plus(Scopes.of(PAIRING));
            Kind kind = random.nextBoolean() ? Kind.SHARED : Kind.DEVICE_TOKEN;
            ObjectNode rotation = params("deviceId", device).put("role", "operator");
            ArrayNode scopes = rotation.putArray("scopes");
            some(random).asList().forEach(scopes::add);
            String request = fixture.open(claim(device, Role.OPERATOR, names(some(random))));
            if (called(kind, held, device, "device.pair.approve", params("requestId", request))
                    .equals(DONE)) {
                yielded++;
                assertCovered(held, device);
            } else {
                fixture.approve(request);
            }
            if (called(kind, held, device, "device.token.rotate", rotation).equals(DONE)) {
                yielded++;
                Scopes carried = fixture.registry
                        .device(Authority.owner(), device)
                        .grants()
                        .get(0)
                        .tokenScopes();
                assertThat(held.covers(carried))
                        .as("%s holds %s", carried, held)
                        .isTrue();
            }
        }
        assertThat(yielded).isGreaterThan(60);
    }

    /** A request or a device that a deed is about. */
    private record Subject(String deviceId, String requestId, Role role) {}

    private static Subject subject(Deed deed, Target target) {
        String device = name();
        if (target == Target.UNKNOWN) {
            return new Subject(device, "none", target.role);
        }
        String[] scopes = target.role == Role.OPERATOR ? new String[] {READ} : new String[0];
        String request = fixture.open(claim(device, target.role, scopes));
        if (!deed.isAboutARequest()) {
            fixture.approve(request);
        }
        return new Subject(device, request, target.role);
    }

    private static String state(Subject subject) {
        try {
            String request = fixture.registry
                    .pairingRequest(Authority.owner(), subject.requestId())
                    .state()
                    .label();
            return request + fixture.registry.device(Authority.owner(), subject.deviceId());
        } catch (UnknownPairingRequest | UnknownDevice e) {
            return String.valueOf(e.getMessage()) + waits(subject);
        }
    }

    private static boolean waits(Subject subject) {
        return fixture.registry.pairingRequests(Authority.owner(), PairingRequest.State.PENDING).stream()
                .anyMatch(request -> request.requestId().equals(subject.requestId()));
    }

    private static String answer(Row row, Subject subject) throws Exception {
        return switch (row.kind()) {
            case OWNER_BY_REST -> byRest(row.deed(), subject);
            case OWNER_BY_COMMAND -> byCommand(row.deed(), subject);
            default -> byRpc(row, subject);
        };
    }

    private static String byRpc(Row row, Subject subject) {
        String own = row.target().isOwn ? subject.deviceId() : name();
        ObjectNode device = params("deviceId", subject.deviceId());
        ObjectNode request = params("requestId", subject.requestId());
        String role = subject.role().wireName();
        return switch (row.deed()) {
            case LIST -> called(row.kind(), row.scopes(), own, "device.pair.list", params());
            case APPROVE -> called(row.kind(), row.scopes(), own, "device.pair.approve", request);
            case REJECT -> called(row.kind(), row.scopes(), own, "device.pair.reject", request);
            case REMOVE -> called(row.kind(), row.scopes(), own, "device.pair.remove", device);
            case RENAME -> called(row.kind(), row.scopes(), own, "device.pair.rename", device.put("label", "new"));
            case ROTATE -> called(row.kind(), row.scopes(), own, "device.token.rotate", device.put("role", role));
            case REVOKE -> called(row.kind(), row.scopes(), own, "device.token.revoke", device.put("role", role));
        };
    }

    private static String called(Kind kind, Scopes scopes, String own, String method, ObjectNode params) {
        Answer answer = control.answer(caller(kind, scopes, own), new Call(method, Optional.of(params)));
        return answer instanceof Answer.Failure failure
                ? failure.error().code() + " " + failure.error().message()
                : DONE;
    }

    private static dev.gatehouse.control.Caller caller(Kind kind, Scopes scopes, String own) {
        return new dev.gatehouse.control.Caller(
                "conn", kind.role, scopes, kind.method, Optional.of(own).filter(device -> kind.hasDevice));
    }

    private static String byRest(Deed deed, Subject subject) throws Exception {
        String device = "/devices/" + subject.deviceId();
        String request = "/pairing-requests/" + subject.requestId();
        String token = device + "/tokens/" + subject.role().wireName();
        RestServer.Answer answer = switch (deed) {
            case LIST -> rest.get("/devices");
            case APPROVE -> rest.call("POST", request + "/approve", "{}");
            case REJECT -> rest.call("POST", request + "/reject", "");
            case REMOVE -> rest.call("DELETE", device, "");
            case RENAME -> rest.call("PATCH", device, "{\"label\":\"new\"}");
            case ROTATE -> rest.call("POST", token + "/rotate", "");
            case REVOKE -> rest.call("DELETE", token, "");
        };
        if (answer.status() / 100 == 2) {
            return DONE;
        }
        return switch (answer.body().path("code").asText()) {
            case "PAIRING_REQUEST_UNKNOWN" -> "unknown requestId";
            case "DEVICE_UNKNOWN" -> "unknown deviceId";
            default -> answer.status() + " " + answer.body();
        };
    }

    private static String byCommand(Deed deed, Subject subject) throws Exception {
        ObjectNode order = params("id", deed.isAboutARequest() ? subject.requestId() : subject.deviceId());
        order.put("deed", deed == Deed.LIST ? "LIST_DEVICES" : deed.name());
        if (deed == Deed.RENAME) {
            order.put("label", "new");
        }
        if (deed.isAboutAToken()) {
            order.put("role", subject.role().wireName());
        }
        JsonNode reply =
                JSON.readTree(owner.answer(order.put("rehearsal", false).toString()));
        String message = reply.path("message").asText();
        if (message.startsWith("no pairing request '")) {
            return "unknown requestId";
        }
        return message.startsWith("no device '") ? "unknown deviceId" : message.isEmpty() ? DONE : message;
    }

    private static List<String> seen(Kind kind, Scopes scopes, String own) throws Exception {
        JsonNode devices = switch (kind) {
            case OWNER_BY_REST -> rest.get("/devices").body().path("items");
            case OWNER_BY_COMMAND ->
                JSON.readTree(owner.answer("{\"deed\":\"LIST_DEVICES\",\"rehearsal\":false}"))
                        .at("/result/devices");
            default ->
                listed(control.answer(caller(kind, scopes, own), new Call("device.pair.list", Optional.of(params()))));
        };
        List<String> ids = new ArrayList<>();
        devices.forEach(device -> ids.add(device.path("deviceId").asText()));
        return ids;
    }

    private static JsonNode listed(Answer answer) {
        return answer instanceof Answer.Payload payload
                ? JSON.valueToTree(payload.payload()).path("paired")
                : JSON.createArrayNode();
    }

    private static void assertCovered(Scopes held, String device) {
        Scopes granted =
                fixture.registry.grant(device, Role.OPERATOR).orElseThrow().scopes();
        assertThat(held.covers(granted)).as("%s holds %s", granted, held).isTrue();
    }

    private static Arguments reader(Kind kind, String sight, String... scopes) {
        return Arguments.of(kind, Scopes.of(scopes), sight);
    }

    private static ObjectNode params(String... member) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        return member.length == 0 ? params : params.put(member[0], member[1]);
    }

    private static String[] names(Scopes scopes) {
        return scopes.asList().toArray(String[]::new);
    }

    private static Scopes some(Random random) {
        return Scopes.of(POOL.stream().filter(scope -> random.nextInt(3) == 0).toList());
    }

    private static String name() {
        return "d" + NAMES.incrementAndGet();
    }
}
