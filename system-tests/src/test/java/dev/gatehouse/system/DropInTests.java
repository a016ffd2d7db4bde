package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A stranger's plugin, as its own build made it, dropped into the running gateway, tried, enforced and taken away. */
interface DropInTests {

    List<String> DEFAULT = List.of("secure-context", "origin", "device-identity", "token", "pairing");
    List<String> WITH_HOURS =
            List.of("office-hours", "secure-context", "origin", "device-identity", "token", "pairing");
    String JAR = "custom-plugin.jar";

    Server server();

    @Test
    default void plugin_droppedIntoTheRunningGateway_refusesWithItsOwnReason() throws IOException {
        PluginFolder folder = new PluginFolder(server());
        try {
            folder.put(Checkout.examplePlugin(), JAR);
            folder.configure(closed("{check: office-hours, mode: shadow}"));
            folder.awaitChain(WITH_HOURS);
            assertThat(refusal().code()).isEqualTo("PAIRING_REQUIRED");

            folder.configure(closed("office-hours"));
            assertThat(Await.until(
                            PluginFolder.IN_FORCE,
                            () -> refusal().closeReason().startsWith("outside office hours, open")))
                    .isTrue();
            Answer answer = refusal();
            assertThat(answer.closeCode()).isEqualTo(1008);
            assertThat(answer.error().at("/details/reason").asText()).isEqualTo("OFFICE_CLOSED");
            assertThat(answer.error().has("retryAfterMs")).isTrue();
        } finally {
            folder.removeConfig();
            folder.remove(JAR);
            folder.awaitChain(DEFAULT);
        }
        assertThat(refusal().code()).isEqualTo("PAIRING_REQUIRED");
    }

    @Test
    default void plugin_thatIsBroken_changesNothingAndIsNamed(@TempDir Path scratch) throws IOException {
        PluginFolder folder = new PluginFolder(server());
        try {
            folder.put(Files.writeString(scratch.resolve("broken"), "this is not a jar"), "broken.jar");

            JsonNode chain = folder.awaitStale();

            assertThat(chain.path("problems").toString()).contains("broken.jar");
            assertThat(healthTold("not-a-key"))
                    .contains("\"stale\"", "\"problemCount\":1", "hint")
                    .doesNotContain("broken.jar");
            assertThat(healthTold(server().apiKey())).contains("broken.jar");
            assertThat(chain.path("checks").findValuesAsText("check")).isEqualTo(DEFAULT);
            assertThat(refusal().code()).isEqualTo("PAIRING_REQUIRED");
        } finally {
            folder.remove("broken.jar");
            assertThat(Await.until(
                            PluginFolder.IN_FORCE,
                            () -> folder.chain().path("state").asText().equals("current")))
                    .isTrue();
        }
    }

    /** A config in whose office nobody is today. */
    private static String closed(String hours) {
        String day = LocalDate.now(ZoneOffset.UTC)
                .plusDays(3)
                .getDayOfWeek()
                .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                .toLowerCase(Locale.ENGLISH);
        return "admission: {chain: [" + hours + ", secure-context, origin, device-identity, token, pairing]}\n"
                + "checks: {office-hours: {time-zone: UTC, days: [" + day + "]}}\n";
    }

    private String healthTold(String key) {
        return new Operator(server(), key).send("GET", "/api/v1/health").body();
    }

    private Answer refusal() {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(TestDevice.create().connect(Answer.challenge(socket), server().gatewayToken()));
            return Answer.refusal(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer", e);
        }
    }
}
