package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator who finds out which pages people use by letting the origin check watch, and then lists them. */
class LearnedOriginsEndToEndTest {

    private static final String PAGE = "https://unlisted.example";
    private static final String CONFIG = """
            admission: {chain: [%s, token], check-deadline: 20s, chain-deadline: 30s}
            checks:
              origin: {%s}
              token: {mode: token, token: 'env:GATEWAY_SECRET'}
            """;

    @TempDir
    private Path folder;

    @Test
    void page_thatIsNotListed_comesInWhileTheCheckWatches_andByTheLineThatItGives() throws IOException {
        Home home = new Home(folder.resolve("home"));
        Files.createDirectories(home.root());
        write(home, "{check: origin, mode: shadow}", "allowed-origins: [\"https://*.ui.example\"]");
        try (Gateway gateway = Gateway.start(
                        home,
                        Map.of("GATEWAY_SECRET", SECRET),
                        FolderSight.jarsIn(Path.of("target", "plugins")),
                        Clock.systemUTC());
                RestServer rest = new RestServer(gateway)) {
            Peer watched = connect(gateway);
            assertThat(watched.hello().path("type").asText()).isEqualTo("hello-ok");
            Eventually.holds(
                    "the origin is there", () -> shadow(rest).path("origins").size() == 1);
            JsonNode shadow = shadow(rest);
            assertThat(shadow.at("/origins/0/origin").asText()).isEqualTo(PAGE);
            assertThat(shadow.at("/origins/0/times").asInt()).isEqualTo(1);

            write(home, "origin", "");
            reload(gateway);
            assertThat(connect(gateway).error().at("/details/code").asText())
                    .isEqualTo("CONTROL_UI_ORIGIN_NOT_ALLOWED");

            write(home, "origin", shadow.path("originsLine").asText());
            reload(gateway);
            assertThat(connect(gateway).hello().path("type").asText()).isEqualTo("hello-ok");
        }
    }

    private static void write(Home home, String line, String settings) throws IOException {
        Files.writeString(home.config(), CONFIG.formatted(line, settings));
    }

    private static void reload(Gateway gateway) {
        assertThat(gateway.desk().reload().problems()).isEmpty();
    }

    private static JsonNode shadow(RestServer rest) {
        try {
            return rest.get("/checks/origin").body().path("shadow");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Peer connect(Gateway gateway) {
        ConnectFixture page = Callers.remote(ConnectFixture.controlUi())
                .over(Transport.TLS)
                .withOrigin(PAGE)
                .withToken(SECRET);
        return new Peer(gateway.gatekeeper(), gateway.chain(), page)
                .connect(Caller.of(page).onNewDevice());
    }
}
