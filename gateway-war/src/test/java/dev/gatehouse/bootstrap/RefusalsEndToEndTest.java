package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.refusal.Account;
import dev.gatehouse.refusal.RefusalKind;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.gatehouse.bootstrap.Callers.WRONG;
import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every refusal that the four bundled checks can give, on the wire: a real connect frame goes in, and the error frame,
 * close code and close reason of the reference gateway come out. What needs a device or a secret to change first is in
 * {@link PairingRefusalsEndToEndTest} and {@link SecretFileEndToEndTest}.
 */
class RefusalsEndToEndTest {

    /** The refusals that belong to the bundled checks and to the handshake before them. */
    private static final Set<String> ROWS = Set.of(
            "R03", "R04", "R10", "R11", "R12", "R13", "R14", "R20", "R21", "R23", "R24", "R25", "R26", "R27", "R30",
            "R31", "R32", "R33", "R34", "R35", "R36", "R37", "R38", "R39", "R40", "R41", "R42", "R43", "R44", "R61",
            "R61w", "R61n", "R62", "R63", "R64");

    private static final Set<String> ROWS_ELSEWHERE = Set.of("R37", "R38", "R41", "R44", "R62", "R63", "R64");

    private static GatewayFixture tokenGateway;
    private static GatewayFixture passwordGateway;

    private record Case(RecordedRefusal refusal, Caller caller) {
        @Override
        public String toString() {
            return refusal + " <- " + caller.facts().connect().client().id()
                    + (caller.facts().upgrade().isLocal() ? " local" : " remote")
                    + (caller.device().isPresent() ? " with device" : "");
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        tokenGateway = GatewayFixture.withToken(folder.resolve("token"));
        passwordGateway = GatewayFixture.withPassword(folder.resolve("password"));
    }

    @AfterAll
    static void close() {
        tokenGateway.close();
        passwordGateway.close();
    }

    @ParameterizedTest
    @MethodSource({"frames", "origins", "devices", "tokens", "pairing"})
    void gatewayWithToken_refuses_asRecorded(Case played) throws JsonProcessingException {
        Peer peer = tokenGateway.connect(played.caller());

        played.refusal().assertToldTo(peer, played.caller());
        assertThat(tokenGateway.liveSessions()).isZero();
        assertExplained(tokenGateway, peer);
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void gatewayWithPassword_refuses_asRecorded(Case played) throws JsonProcessingException {
        Peer peer = passwordGateway.connect(played.caller());

        played.refusal().assertToldTo(peer, played.caller());
        assertThat(passwordGateway.liveSessions()).isZero();
        assertExplained(passwordGateway, peer);
    }

    /** Each is kept under the id that was told, is in the catalogue, and has a remedy. */
    private static void assertExplained(GatewayFixture gateway, Peer peer) throws JsonProcessingException {
        Account account = gateway.refusal(peer.refusalId()).account();

        assertThat(account.kind()).isNotEqualTo(RefusalKind.OF_A_PLUGIN);
        assertThat(account.told().closeReason()).isEqualTo(peer.close().getReasonPhrase());
        assertThat(gateway.fixes(peer.refusalId())).isNotEmpty();
    }

    @Test
    void everyRecordedRefusal_ofTheBundledChecks_isPlayed() {
        Set<RecordedRefusal> played = new HashSet<>();
        Stream.of(frames(), origins(), devices(), tokens(), pairing(), passwords())
                .flatMap(Function.identity())
                .map(Case::refusal)
                .forEach(played::add);

        assertThat(RecordedRefusal.all())
                .filteredOn(refusal -> ROWS.contains(refusal.row()))
                .filteredOn(refusal -> !ROWS_ELSEWHERE.contains(refusal.row()))
                .isSubsetOf(played);
    }

    static Stream<Case> frames() {
        Caller cli = Caller.of(Callers.localCli().withToken(SECRET));
        Caller copilot = Caller.of(Callers.copilot().withToken(SECRET));
        return Stream.of(
                of("R03", "", cli.saying(frame -> frame.put("method", "health"))),
                of("R04", "", cli.saying(params(params -> params.remove("minProtocol")))),
                of(
                        "R10",
                        "",
                        cli.saying(params(params -> params.put("minProtocol", 5).put("maxProtocol", 6)))),
                of("R11", "", cli.saying(params(params -> params.put("role", "guest")))),
                of("R12", "", copilot),
                of("R12", "", copilot.saying(params(params -> {
                    withCopilotCapabilities(params);
                    params.withObject("client").put("mode", "webchat");
                }))),
                of("R13", "", copilot.saying(params(RefusalsEndToEndTest::withCopilotCapabilities))));
    }

    static Stream<Case> origins() {
        String evil = "https://evil.example";
        return Stream.of(
                of("R14", "origin not allowed", Caller.of(Callers.remoteControlUi(evil))),
                of("R14", "origin not allowed", Caller.of(Callers.remoteControlUi("https://gateway.example:18789"))),
                of(
                        "R14",
                        "origin not allowed",
                        Caller.of(Callers.webchat().withOrigin(evil).withToken(SECRET))),
                of(
                        "R14",
                        "origin not allowed",
                        Caller.of(Callers.localCli().withOrigin(evil).withToken(SECRET))),
                of(
                        "R14",
                        "origin missing",
                        Caller.of(ConnectFixture.controlUi().withHeader("origin"))
                                .onNewDevice()),
                of(
                        "R14",
                        "origin missing",
                        Caller.of(Callers.webchat().withHeader("origin").withToken(SECRET))),
                of(
                        "R14",
                        "origin missing",
                        Caller.of(Callers.localCli().withOrigin("null").withToken(SECRET))));
    }

    static Stream<Case> devices() {
        Caller signed = Caller.of(Callers.localCli().withToken(SECRET)).onNewDevice();
        return Stream.of(
                of("R20", "", Caller.of(ConnectFixture.controlUi())),
                of("R20", "", Caller.of(ConnectFixture.controlUi().withToken(SECRET))),
                of("R20", "", Caller.of(ConnectFixture.tui().withToken(SECRET))),
                of("R21", "", Caller.of(Callers.localCli())),
                of("R21", "", Caller.of(Callers.remoteCli())),
                of("R21", "", Caller.of(Callers.webchat())),
                of("R21", "", Caller.of(ConnectFixture.backend())),
                of("R21", "", Caller.of(Callers.localCli().withBootstrapToken(WRONG))),
                of("R21", "", Caller.of(Callers.localCli().withDeviceToken(WRONG))),
                of("R21", "", Caller.of(ConnectFixture.node())),
                of("R21", "", Caller.of(ConnectFixture.node().withToken(SECRET))),
                of("R23", "", signed.forging(device(claim -> claim.put("id", new TestDevice().id())))),
                of("R23", "", signed.forging(device(claim -> claim.put("publicKey", "no key")))),
                of("R24", "", signed.forging(device(claim -> moveSigning(claim, -121_000)))),
                of("R24", "", signed.forging(device(claim -> moveSigning(claim, 121_000)))),
                of("R25", "", signed.forging(device(claim -> claim.put("nonce", " ")))),
                of("R26", "", signed.forging(device(claim -> claim.put("nonce", "another")))),
                of("R27", "", signed.forging(device(claim -> claim.put("signature", new TestDevice().sign("x"))))),
                of(
                        "R27",
                        "",
                        signed.forging(
                                params(params -> params.withArray("scopes").add("operator.admin")))),
                of(
                        "R27",
                        "",
                        signed.forging(
                                params(params -> params.withObject("auth").put("token", WRONG)))));
    }

    static Stream<Case> tokens() {
        ConnectFixture local = Callers.localCli();
        ConnectFixture remote = Callers.remoteCli();
        Stream<Case> ofEveryKind = Stream.of(
                        each("R30", "", Callers.userInterfaces(), Caller::onNewDevice),
                        each("R33", "", Callers.others(), Caller::onNewDevice),
                        each("R34", "", typedInBoth(Callers.userInterfaces()), Caller::onNewDevice),
                        each("R34", "", List.of(Callers.webchat().withToken(WRONG)), Function.identity()),
                        each("R35", "token mismatch, other", wrongToken(Callers.others()), Function.identity()),
                        each("R35", "token mismatch, other", typedInBoth(Callers.others()), Caller::onNewDevice))
                .flatMap(Function.identity());
        return Stream.concat(
                ofEveryKind,
                Stream.of(
                        of("R31", "", Caller.of(local).onNewDevice()),
                        of("R32", "", Caller.of(remote).onNewDevice()),
                        of("R35", "token mismatch, cli local", Caller.of(local.withToken(WRONG))),
                        of("R35", "token mismatch, cli local", Caller.of(local.withPassword(WRONG))),
                        of("R35", "token mismatch, cli remote", Caller.of(remote.withToken(WRONG))),
                        of("R36", "", Caller.of(remote.withToken(WRONG)).onNewDevice()),
                        of("R42", "", Caller.of(local.withBootstrapToken(WRONG)).onNewDevice()),
                        of("R43", "", Caller.of(remote.withDeviceToken(WRONG)).onNewDevice()),
                        of(
                                "R43",
                                "",
                                Caller.of(remote.withToken(WRONG).withDeviceToken(WRONG))
                                        .onNewDevice())));
    }

    static Stream<Case> pairing() {
        return Stream.of(
                of("R61", "", Caller.of(Callers.localCli().withToken(SECRET)).onNewDevice()),
                of("R61", "", Caller.of(Callers.remoteCli().withToken(SECRET)).onNewDevice()),
                of(
                        "R61w",
                        "",
                        Caller.of(ConnectFixture.controlUi().withToken(SECRET)).onNewDevice()),
                of(
                        "R61n",
                        "",
                        Caller.of(ConnectFixture.node().withToken(SECRET)).onNewDevice()));
    }

    static Stream<Case> passwords() {
        ConnectFixture local = Callers.localCli();
        ConnectFixture remote = Callers.remoteCli();
        Stream<Case> ofEveryKind = Stream.of(
                        each("R39", "password missing, ui", Callers.userInterfaces(), Caller::onNewDevice),
                        each("R39", "password missing, other", Callers.others(), Caller::onNewDevice),
                        each(
                                "R40",
                                "password mismatch, ui",
                                typedInBoth(Callers.userInterfaces()),
                                Caller::onNewDevice),
                        each("R40", "password mismatch, other", typedInBoth(Callers.others()), Caller::onNewDevice),
                        each("R40", "password mismatch, other", wrongToken(Callers.others()), Function.identity()))
                .flatMap(Function.identity());
        return Stream.concat(
                ofEveryKind,
                Stream.of(
                        of(
                                "R39",
                                "password missing, cli local",
                                Caller.of(local).onNewDevice()),
                        of(
                                "R39",
                                "password missing, cli remote",
                                Caller.of(remote).onNewDevice()),
                        of("R40", "password mismatch, cli local", Caller.of(local.withPassword(WRONG))),
                        of(
                                "R40",
                                "password mismatch, cli local",
                                Caller.of(local.withToken(WRONG)).onNewDevice()),
                        of("R40", "password mismatch, cli remote", Caller.of(remote.withPassword(WRONG)))));
    }

    private static Case of(String row, String start, Caller caller) {
        return new Case(RecordedRefusal.of(row, start), caller);
    }

    private static Stream<Case> each(
            String row, String start, List<ConnectFixture> clients, Function<Caller, Caller> step) {
        return clients.stream().map(facts -> of(row, start, step.apply(Caller.of(facts))));
    }

    private static List<ConnectFixture> wrongToken(List<ConnectFixture> clients) {
        return clients.stream().map(facts -> facts.withToken(WRONG)).toList();
    }

    /** As the Control UI sends what a person typed (wire reference 4.2). */
    private static List<ConnectFixture> typedInBoth(List<ConnectFixture> clients) {
        return wrongToken(clients).stream()
                .map(facts -> facts.withPassword(WRONG))
                .toList();
    }

    private static Consumer<ObjectNode> params(Consumer<ObjectNode> change) {
        return frame -> change.accept(frame.withObject("params"));
    }

    private static Consumer<ObjectNode> device(Consumer<ObjectNode> change) {
        return params(params -> change.accept(params.withObject("device")));
    }

    private static void moveSigning(ObjectNode claim, long millis) {
        claim.put("signedAt", claim.path("signedAt").asLong() + millis);
    }

    private static void withCopilotCapabilities(ObjectNode params) {
        params.withArray("caps").add("run-tool-bindings").add("session-scoped-events");
    }
}
