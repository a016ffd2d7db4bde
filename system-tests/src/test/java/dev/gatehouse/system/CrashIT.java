package dev.gatehouse.system;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that is killed while its operators work and programs listen: nothing is lost, and nothing told twice. */
class CrashIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEVICES = 30;
    private static final int DONE_BEFORE_THE_END = 8;

    @Test
    void gateway_killedWhileItWritesAndTells_knowsEveryChangeOnce_andTellsOnWhereItWas() throws Exception {
        Path folder = Checkout.freshFolder("crash");
        Path home = folder.resolve("home");
        Files.createDirectories(home);
        Files.writeString(home.resolve("gatehouse.yaml"), "devices: {pending-max-per-address: 100}\n");
        List<String> confirmed = new ArrayList<>();
        List<EventStream.Heard> heard;

        try (EmbeddedServer server = EmbeddedServer.start(folder);
                EventStream events = EventStream.open(server, Optional.of("0"))) {
            CompletableFuture<List<EventStream.Heard>> listening =
                    CompletableFuture.supplyAsync(() -> events.until(Long.MAX_VALUE));
            List<String> requests = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                requests.add(TestDevice.create().request(server, "cli", "cli"));
            }
            List<CompletableFuture<HttpResponse<String>>> answers =
                    requests.stream().map(Operator.of(server)::approveAsync).toList();
            assertThat(Await.until(
                            Server.HANDSHAKE_TIMEOUT.multipliedBy(10),
                            () -> answers.stream()
                                            .filter(CompletableFuture::isDone)
                                            .count()
                                    >= DONE_BEFORE_THE_END))
                    .isTrue();
            server.kill();
            for (int i = 0; i < DEVICES; i++) {
                if (isApproved(answers.get(i))) {
                    confirmed.add(requests.get(i));
                }
            }
            heard = new ArrayList<>(listening.join());
        }
        assertThat(confirmed).hasSizeGreaterThanOrEqualTo(DONE_BEFORE_THE_END);

        try (EmbeddedServer server = EmbeddedServer.start(folder)) {
            List<JsonNode> audit = audit(server);
            List<EventStream.Heard> told = told(audit);
            try (EventStream events = EventStream.open(server, Optional.of(Long.toString(lastOf(heard))))) {
                heard.addAll(events.until(lastOf(told)));
            }

            assertThat(Operator.of(server).send("POST", "/api/v1/audit/verify").body())
                    .contains("\"whole\":true");
            assertThat(audit.stream().map(entry -> entry.path("sequence").asLong()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, audit.size()).boxed().toList());
            assertThat(approvalsIn(audit)).doesNotHaveDuplicates().containsAll(confirmed);
            assertThat(approvalsIn(audit)).hasSameSizeAs(Operator.of(server).deviceIds());
            assertThat(heard).isEqualTo(told);
        }
    }

    private static boolean isApproved(CompletableFuture<HttpResponse<String>> answer) {
        return answer.handle((response, thrown) -> thrown == null && response.statusCode() == 200)
                .join();
    }

    private static long lastOf(List<EventStream.Heard> heard) {
        return heard.isEmpty() ? 0 : heard.get(heard.size() - 1).sequence();
    }

    /** Every entry, in order. */
    private static List<JsonNode> audit(Server server) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        String lines = Operator.of(server).send("GET", "/api/v1/audit/export").body();
        for (String line : lines.lines().toList()) {
            entries.add(JSON.readTree(line));
        }
        return entries;
    }

    private static List<String> approvalsIn(List<JsonNode> audit) {
        return audit.stream()
                .filter(entry -> entry.path("type").asText().equals("pairing.approved"))
                .map(entry -> entry.at("/data/requestId").asText())
                .toList();
    }

    /** What a listener hears who did not ask for admissions. */
    private static List<EventStream.Heard> told(List<JsonNode> audit) {
        return audit.stream()
                .filter(entry -> !entry.path("type").asText().startsWith("admission."))
                .map(entry -> new EventStream.Heard(
                        entry.path("sequence").asLong(), entry.path("type").asText()))
                .toList();
    }
}
