package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the audit of a whole gateway tells over REST. */
@Timeout(60)
class AuditEndToEndTest {

    @TempDir
    private Path folder;

    @Test
    void audit_ofAManagedDevice_saysWhoDidWhat() throws Exception {
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            rest.call("DELETE", "/devices/nobody", "");

            List<String> types = typesOnceThere(rest, "key.created");

            assertThat(types).contains("gateway.started").doesNotContain("device.removed");
            JsonNode verified = rest.post("/audit/verify", "").body();
            assertThat(verified.get("whole").asBoolean()).isTrue();
            assertThat(verified.get("last").asLong()).isGreaterThanOrEqualTo(types.size());
        }
    }

    @Test
    void audit_pages_leadFromTheLastToTheFirst() throws Exception {
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            List<String> all = typesOnceThere(rest, "key.created");

            JsonNode page = rest.get("/audit?limit=1").body();
            List<String> paged =
                    new ArrayList<>(List.of(page.at("/items/0/type").asText()));
            while (page.has("next")) {
                page = rest.get("/audit?limit=1&after=" + page.get("next").asText())
                        .body();
                paged.add(page.at("/items/0/type").asText());
            }

            assertThat(paged).isEqualTo(all);
            assertThat(rest.get("/audit?limit=0").status()).isEqualTo(400);
            assertThat(rest.get("/audit?after=x").status()).isEqualTo(400);
        }
    }

    @Test
    void history_ofADevice_isWhatTheAuditSaysOfIt_alsoAfterItsRemoval() throws Exception {
        try (Gateway gateway = start();
                RestServer rest = new RestServer(gateway)) {
            gateway.devices().approveSilently(RegistryFixture.claim("d1", Role.OPERATOR, "operator.read"));
            rest.call("PATCH", "/devices/d1", "{\"label\": \"laptop\"}");
            rest.call("DELETE", "/devices/d1", "");
            var unused = typesOnceThere(rest, "device.removed");

            JsonNode first = rest.get("/devices/d1/history?limit=2").body();
            JsonNode second = rest.get("/devices/d1/history?limit=2&after="
                            + first.at("/next").asText())
                    .body();

            assertThat(first.at("/items/0/type").asText()).isEqualTo("device.removed");
            assertThat(first.at("/items/1/type").asText()).isEqualTo("device.relabelled");
            assertThat(second.at("/items/0/type").asText()).isEqualTo("pairing.approved");
            assertThat(second.has("next")).isFalse();
            assertThat(rest.get("/devices/nobody/history").status()).isEqualTo(404);
        }
    }

    private Gateway start() {
        return Gateway.start(
                new Home(folder.resolve("home")),
                Map.of("GATEHOUSE_CHECKS_TOKEN_TOKEN", "env:GATEWAY_SECRET", "GATEWAY_SECRET", GatewayFixture.SECRET),
                FolderSight.jarsIn(Path.of("target", "plugins")),
                Clock.systemUTC());
    }

    private static List<String> typesOnceThere(RestServer rest, String wanted) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<String> types;
        do {
            types = new ArrayList<>();
            for (JsonNode entry : rest.get("/audit?limit=999").body().get("items")) {
                types.add(entry.get("type").asText());
            }
            Thread.onSpinWait();
        } while (!types.contains(wanted) && System.nanoTime() < deadline);
        assertThat(types).contains(wanted);
        return types;
    }
}
