package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.system.WebhookReceiver.Told;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that is killed while it tells a receiver what happened. */
class WebhookIT {

    private static final int DEVICES = 12;

    /** So many messages may have been on their way when it was killed. */
    private static final int AT_ONCE = 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was being sent waits for the end of its lease, a minute. */
    private static final Duration TOLD = Duration.ofSeconds(150);

    @Test
    void gateway_killedWhileItTells_losesNothingAndRepeatsUnderTheSameId() throws Exception {
        Path folder = Checkout.freshFolder("webhooks");
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            configure(folder.resolve("home"), receiver);
            try (EmbeddedServer server = EmbeddedServer.start(folder)) {
                for (int i = 0; i < DEVICES; i++) {
                    TestDevice.create().request(server, "cli", "cli");
                }
                assertThat(Await.until(TOLD, () -> receiver.told().size() >= 2)).isTrue();
                server.kill();
            }
            List<Told> before = receiver.told();
            assertThat(before).hasSizeLessThan(DEVICES); // the rest was not sent, for these were not answered
            receiver.answer();

            try (EmbeddedServer server = EmbeddedServer.start(folder)) {
                Set<Long> happened = requested(server);
                assertThat(happened).hasSize(DEVICES);
                assertThat(Await.until(
                                TOLD, () -> sequences(receiver).containsAll(happened) && allSince(receiver, before)))
                        .as("told %s of %s", receiver.told(), happened)
                        .isTrue();
                assertThat(Await.until(TOLD, () -> pending(server) == 0)).isTrue();

                assertThat(sequences(receiver)).isEqualTo(happened);
                Map<Long, Set<String>> ids = receiver.told().stream()
                        .collect(Collectors.groupingBy(
                                Told::sequence, Collectors.mapping(Told::messageId, Collectors.toSet())));
                assertThat(ids.values()).allSatisfy(each -> assertThat(each).hasSize(1));
                assertThat(receiver.told()).hasSizeBetween(DEVICES + before.size(), DEVICES + before.size() + AT_ONCE);
            }
        }
    }

    private static void configure(Path home, WebhookReceiver receiver) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("hook-secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Files.writeString(
                home.resolve("gatehouse.yaml"),
                "devices: {pending-max-per-address: 100}\nwebhooks:\n- {name: ops, url: '" + receiver.url()
                        + "', secret: 'file:hook-secret', events: [pairing.requested], allow-private-addresses: true}\n");
    }

    /** What was not answered before the gateway was killed came once more. */
    private static boolean allSince(WebhookReceiver receiver, List<Told> before) {
        List<Told> all = receiver.told();
        return all.subList(before.size(), all.size()).containsAll(before);
    }

    private static Set<Long> sequences(WebhookReceiver receiver) {
        return receiver.told().stream().map(Told::sequence).collect(Collectors.toSet());
    }

    private static Set<Long> requested(EmbeddedServer server) throws IOException {
        Set<Long> found = new HashSet<>();
        for (JsonNode entry : JSON.readTree(Operator.of(server)
                        .send("GET", "/api/v1/audit?limit=999")
                        .body())
                .get("items")) {
            if (entry.get("type").asText().equals("pairing.requested")) {
                found.add(entry.get("sequence").asLong());
            }
        }
        return found;
    }

    private static int pending(EmbeddedServer server) {
        try {
            return JSON.readTree(
                            Operator.of(server).send("GET", "/api/v1/webhooks").body())
                    .at("/items/0/pending")
                    .asInt();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
