package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.device.Approval;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.Authority;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.webhook.Receiver;
import dev.gatehouse.webhook.RetrySchedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhooks of a whole gateway, which real receivers take over HTTP. */
@Timeout(120)
class WebhookEndToEndTest {

    private static final String HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final RetrySchedule QUICK = new RetrySchedule(List.of(Duration.ofMillis(20), Duration.ofMillis(20)));
    private static final String CONFIG = """
            admission: {check-deadline: 20s, chain-deadline: 30s}
            devices: {pending-max-per-address: 1000}
            checks: {token: {mode: token, token: 'env:GATEWAY_SECRET'}}
            webhooks:
            """;

    @TempDir
    private Path folder;

    private final ShiftedClock clock = new ShiftedClock();
    private final Receiver receiver = new Receiver();
    private Home home;

    @BeforeEach
    void home() throws IOException {
        home = new Home(folder.resolve("home"));
        Files.createDirectories(home.root());
        configure(webhook("ops", receiver.url()));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void everyUsualEvent_arrivesSigned_andTellsNoSecret() throws Exception {
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            TestDevice device = new TestDevice();
            approve(gateway, ask(gateway, device));
            String token = hello(gateway, device).at("/auth/deviceToken").asText();
            assertThat(rest.post("/devices/" + device.id() + "/tokens/operator/rotate", "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(rest.call("DELETE", "/devices/" + device.id() + "/tokens/operator", "")
                            .status())
                    .isEqualTo(204);
            assertThat(rest.call("DELETE", "/devices/" + device.id(), "").status())
                    .isEqualTo(204);
            gateway.devices().reject(Authority.owner(), ask(gateway, new TestDevice()));
            ask(gateway, new TestDevice());
            // What is under way when the time jumps would be sent again.
            Eventually.holds(
                    "all of that arrived",
                    () -> Collections.frequency(receiver.types(), "pairing.requested") == 3
                            && gateway.webhooks().list().get(0).pending() == 0);
            clock.shift(Duration.ofHours(2));
            assertThat(gateway.devices().expireOverdue()).isEqualTo(1);
            assertThat(gateway.desk().reload().inForce()).isTrue();
            String good = Files.readString(home.config());
            Files.writeString(home.config(), good + "\ncolour: red\n");
            assertThat(gateway.desk().reload().inForce()).isFalse();
            Files.writeString(home.config(), good);
            refuseUntilThereAreMany(gateway);

            Eventually.holds(
                    "everything arrived",
                    () -> receiver.types()
                            .containsAll(List.of(
                                    "pairing.requested",
                                    "pairing.approved",
                                    "pairing.rejected",
                                    "pairing.expired",
                                    "device.removed",
                                    "token.rotated",
                                    "token.revoked",
                                    "refusals.spike",
                                    "chain.swapped",
                                    "chain.failed")));
            assertThat(receiver.received())
                    .allMatch(message -> message.isSignedWith(HOOK_SECRET))
                    .allSatisfy(message -> assertThat(message.body() + message.headers())
                            .doesNotContain(GatewayFixture.SECRET, HOOK_SECRET, token)
                            .doesNotContain(Files.readString(home.apiKey()).strip()));
            assertThat(token).isNotEmpty();
            assertThat(new HashSet<>(receiver.received().stream()
                            .map(Receiver.Received::id)
                            .toList()))
                    .hasSameSizeAs(receiver.received());
        }
    }

    @Test
    void receiver_thatFailsAndRecovers_isSeenAndHelpedOverRest() throws Exception {
        receiver.replies(500);
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            ask(gateway, new TestDevice());
            awaits(rest, "/dead", "1");
            JsonNode failing = rest.get("/webhooks").body().at("/items/0");
            assertThat(failing.at("/state").asText()).isEqualTo("failing");
            assertThat(failing.at("/url").asText()).isEqualTo(receiver.url());
            assertThat(failing.at("/lastFailure/reason").asText()).isEqualTo("answered 500");
            JsonNode dead =
                    rest.get("/webhooks/ops/deliveries?state=dead").body().at("/items/0");
            assertThat(dead.at("/type").asText()).isEqualTo("pairing.requested");
            assertThat(dead.at("/attempts").asInt()).isEqualTo(3);
            String delivery = "/webhooks/ops/deliveries/" + dead.at("/id").asText();

            receiver.replies(204);
            assertThat(rest.post(delivery + "/retry", "").status()).isEqualTo(204);
            awaits(rest, "/state", "ok");
            assertThat(rest.get("/webhooks").body().at("/items/0/pending").asInt())
                    .isZero();
            assertThat(receiver.received())
                    .hasSize(4)
                    .allMatch(message -> message.id().equals(dead.at("/id").asText()))
                    .allMatch(message -> message.isSignedWith(HOOK_SECRET));

            assertThat(rest.post(delivery + "/retry", "").status()).isEqualTo(404);
            assertThat(rest.call("DELETE", delivery, "").status()).isEqualTo(404);
            JsonNode tested = rest.post("/webhooks/ops/test", "").body();
            assertThat(tested.at("/delivered").asBoolean()).isTrue();
            assertThat(tested.at("/status").asInt()).isEqualTo(204);
            Eventually.holds("that is audited", () -> audited(rest).contains("webhook.tested"));
            assertThat(audited(rest)).contains("webhook.retried");
            for (String unknown : List.of("/test", "/start")) {
                assertThat(rest.post("/webhooks/nobody" + unknown, "")
                                .body()
                                .at("/code")
                                .asText())
                        .isEqualTo("WEBHOOK_UNKNOWN");
            }
            for (String wrong : List.of("state=all", "limit=0", "limit=1001", "after=x")) {
                assertThat(rest.get("/webhooks/ops/deliveries?" + wrong).status())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void deadMessages_areListedPageByPage_andDiscarded() throws Exception {
        receiver.replies(500);
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            ask(gateway, new TestDevice());
            ask(gateway, new TestDevice());
            awaits(rest, "/dead", "2");

            JsonNode page =
                    rest.get("/webhooks/ops/deliveries?state=dead&limit=1").body();
            JsonNode next = rest.get("/webhooks/ops/deliveries?state=dead&limit=1&after="
                            + page.at("/next").asText())
                    .body();
            assertThat(page.at("/items")).hasSize(1);
            assertThat(next.at("/items/0/sequence").asLong())
                    .isGreaterThan(page.at("/items/0/sequence").asLong());
            assertThat(next.has("next")).isFalse();
            String id = page.at("/items/0/id").asText();
            assertThat(rest.call("DELETE", "/webhooks/ops/deliveries/" + id, "").status())
                    .isEqualTo(204);
            awaits(rest, "/dead", "1");
        }
    }

    @Test
    void receiver_thatIsGone_isStartedOverRest() throws Exception {
        receiver.replies(410);
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            ask(gateway, new TestDevice());
            awaits(rest, "/state", "stopped");
            assertThat(receiver.received()).hasSize(1);

            receiver.replies(204);
            assertThat(rest.post("/webhooks/ops/start", "").status()).isEqualTo(204);
            awaits(rest, "/state", "ok");
            Eventually.holds("it arrived", () -> receiver.received().size() == 2);
        }
    }

    @Test
    void webhook_thatIsAddedWhileTheGatewayRuns_isTold() throws Exception {
        try (Gateway gateway = start();
                Receiver second = new Receiver()) {
            configure(webhook("ops", receiver.url()) + webhook("second", second.url()));
            assertThat(gateway.desk().reload().inForce()).isTrue();
            Eventually.holds("it has begun", () -> gateway.webhooks().list().size() == 2);

            ask(gateway, new TestDevice());

            Eventually.holds(
                    "both were told",
                    () -> second.types().contains("pairing.requested")
                            && receiver.types().contains("pairing.requested"));
        }
    }

    @Test
    void webhook_intoAPrivateNetwork_isNotSentUnlessThatIsAllowed() throws Exception {
        configure(webhook("ops", "https://localhost:" + receiver.port() + "/", "false"));
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            JsonNode tested = rest.post("/webhooks/ops/test", "").body();

            assertThat(tested.at("/delivered").asBoolean()).isFalse();
            assertThat(tested.has("status")).isFalse();
            assertThat(tested.at("/reason").asText())
                    .startsWith("the name means ")
                    .contains("no public address");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void message_thatWaitsWhenTheGatewayStops_arrivesWithItsIdAfterTheNextStart() throws Exception {
        receiver.replies(500);
        RetrySchedule slow = new RetrySchedule(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        try (Gateway gateway = start(slow)) {
            ask(gateway, new TestDevice());
            Eventually.holds("it was tried", () -> !receiver.received().isEmpty());
        }
        receiver.replies(204);
        try (Gateway gateway = start(slow)) {
            Eventually.holds(
                    "it arrived",
                    () -> gateway.webhooks().list().get(0).pending() == 0
                            && receiver.received().size() > 1);
        }
        assertThat(receiver.received().stream().map(Receiver.Received::id).distinct())
                .hasSize(1);
    }

    private Gateway start() {
        return start(QUICK);
    }

    private Gateway start(RetrySchedule schedule) {
        return Gateway.start(
                home,
                Map.of("GATEWAY_SECRET", GatewayFixture.SECRET, "HOOK_SECRET", HOOK_SECRET),
                FolderSight.jarsIn(Path.of("target", "plugins")),
                "",
                schedule,
                clock);
    }

    private void configure(String webhooks) throws IOException {
        Files.writeString(home.config(), CONFIG + webhooks);
    }

    private static String webhook(String name, String url) {
        return webhook(name, url, "true");
    }

    private static String webhook(String name, String url, String privateToo) {
        return "- {name: " + name + ", url: '" + url + "', secret: 'env:HOOK_SECRET', allow-private-addresses: "
                + privateToo + "}\n";
    }

    private static Peer connect(Gateway gateway, ConnectFixture facts, Optional<TestDevice> device) {
        Caller caller = device.map(own -> Caller.of(facts).on(own)).orElseGet(() -> Caller.of(facts));
        return new Peer(gateway.gatekeeper(), gateway.chain(), facts).connect(caller);
    }

    private static String ask(Gateway gateway, TestDevice device) {
        JsonNode error = connect(gateway, cli(), Optional.of(device)).error();
        return error.at("/details/requestId").asText();
    }

    private static JsonNode hello(Gateway gateway, TestDevice device) {
        return connect(gateway, cli(), Optional.of(device)).hello();
    }

    private static ConnectFixture cli() {
        return Callers.remoteCli().withToken(GatewayFixture.SECRET);
    }

    private static void approve(Gateway gateway, String requestId) {
        gateway.devices()
                .approve(
                        Authority.owner(),
                        requestId,
                        new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER));
    }

    /** A hundred within a minute of the clock, whenever that minute ends. */
    private void refuseUntilThereAreMany(Gateway gateway) {
        for (int i = 0; i < 250 && !receiver.types().contains("refusals.spike"); i++) {
            assertThat(connect(gateway, ConnectFixture.backend().withToken("wrong"), Optional.empty())
                            .errorCode())
                    .isEqualTo("AUTH_TOKEN_MISMATCH");
        }
    }

    private static void awaits(RestServer rest, String member, String value) {
        Eventually.holds(member + " is " + value, () -> {
            try {
                return rest.get("/webhooks")
                        .body()
                        .at("/items/0" + member)
                        .asText()
                        .equals(value);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String audited(RestServer rest) {
        try {
            return rest.get("/audit?limit=50").body().toString();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
