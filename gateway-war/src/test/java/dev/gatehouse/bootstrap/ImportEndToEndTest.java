package dev.gatehouse.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.offline.openclaw.StateFile;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Devices of an OpenClaw gateway, taken over by a gateway that runs and by one that is stopped. */
class ImportEndToEndTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final TestDevice device = new TestDevice();
    private final String token = StateFile.token(9, "operator");
    private final Caller caller = Caller.of(
                    Callers.remoteCli().withDeviceToken(token).withScopes("operator.read"))
            .on(device)
            .saying(ImportEndToEndTest::sayingWhatItSaidThere);
    private StateFile state;

    @BeforeEach
    void make() throws SQLException {
        state = new StateFile(folder.resolve("openclaw.sqlite"));
        state.operator(device.id(), device.publicKey(), token).operator(1);
    }

    @AfterEach
    void close() throws SQLException {
        state.close();
    }

    @Test
    void device_comesInWithTheTokenThatItHas_withoutPairingAgain() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            assertThat(imported("--dry-run")).contains("imported", "nothing was changed");
            assertThat(gateway.devices().devices(Authority.owner())).isEmpty();

            assertThat(imported()).contains(device.id() + "  imported", StateFile.id(1) + "  imported");

            JsonNode hello = gateway.admit(caller);
            assertThat(hello.at("/auth/scopes")).extracting(JsonNode::asText).containsExactly("operator.read");
            assertThat(hello.path("auth").has("deviceToken"))
                    .as("another token")
                    .isFalse();
            assertThat(imported()).contains(device.id() + "  unchanged").doesNotContain("  imported");
        }
    }

    @Test
    void import_beforeTheFirstStart_isThereAtTheStart() throws IOException {
        assertThat(home().toFile().mkdirs()).isTrue();
        assertThat(imported()).contains(device.id() + "  imported");

        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            gateway.admit(caller);
        }
    }

    @Test
    void whatWasDecidedHere_isNotUndone() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            imported();
            gateway.devices().revoke(Authority.owner(), device.id(), Role.OPERATOR);

            assertThat(imported()).contains(device.id() + "  left-alone  is known here already");

            assertThat(gateway.connect(caller).error().at("/details/reason").asText())
                    .isEqualTo("token-revoked");
        }
    }

    @Test
    void fileThatIsNone_changesNothing() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            assertThat(run("import", "openclaw", "--state=" + folder.resolve("none")))
                    .isEqualTo(1);
            assertThat(gateway.devices().devices(Authority.owner())).isEmpty();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("there is no file");
    }

    /** Platform and family are pinned, here as there. */
    private static void sayingWhatItSaidThere(ObjectNode frame) {
        frame.withObject("/params/client").put("platform", "linux").put("deviceFamily", "Linux");
    }

    private Path home() {
        return folder.resolve("home");
    }

    private String imported(String... more) throws IOException {
        printed.reset();
        String[] command = {"import", "openclaw", "--state", state.path().toString()};
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        assertThat(run(all.toArray(String[]::new))).as("%s", printed).isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) throws IOException {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Commands(Map.of("GATEHOUSE_HOME", home().toString()), Path.of("target", "plugins"), out, out)
                .run(List.of(arguments));
    }
}
