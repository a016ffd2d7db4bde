package dev.gatehouse.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** The owner's commands on a whole gateway: while it runs, while it is stopped, and when everything else is locked. */
class OfflineEndToEndTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Peer> open = new ArrayList<>();
    private final TestDevice device = new TestDevice();
    private final ConnectFixture cli = Callers.remoteCli();
    private final Caller asking =
            Caller.of(cli.withToken(SECRET).withScopes("operator.read")).on(device);

    @AfterEach
    void leave() {
        open.forEach(Peer::leave);
    }

    @Test
    void device_whileTheGatewayRuns_isApprovedListedRenamedAndCut() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            String request = gateway.requestPairing(asking);
            assertThat(done("devices", "list")).contains(request, device.id(), "operator.read", Callers.REMOTE);

            assertThat(done("devices", "approve", request, "--label", "Ada's laptop"))
                    .isEqualTo("approved: device " + device.id() + " as operator\n");
            Peer admitted = enter(gateway, asking);
            done("devices", "rename", device.id(), "Ada's desk");
            assertThat(json("devices", "list").at("/devices/0/label").asText()).isEqualTo("Ada's desk");
            done("devices", "revoke", device.id());

            assertThat(admitted.close().getCloseCode().getCode()).isEqualTo(4001);
            assertThat(done("devices", "list")).contains("(revoked)");
            done("devices", "rotate", device.id(), "--role=operator", "--scopes=operator.read");
            Peer again = enter(gateway, asking);
            done("devices", "remove", device.id());
            assertThat(again.close().getReasonPhrase()).isEqualTo("device removed");
            assertThat(done("devices", "list")).isEqualTo("nobody waits\n\nno device is approved\n");
        }
        assertThat(err()).isEmpty();
    }

    @Test
    void device_whileTheGatewayIsStopped_isApprovedAndComesIn() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            gateway.requestPairing(asking);
        }

        done("devices", "approve", device.id(), "--scopes=operator.read");

        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            enter(gateway, asking);
            assertThat(gateway.liveSessions()).isEqualTo(1);
        }
    }

    @Test
    void device_rejected_isGone_andSecondTimeIsRefused() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            String request = gateway.requestPairing(asking);

            done("devices", "reject", request);

            assertThat(run("devices", "reject", request)).isEqualTo(1);
            assertThat(err()).contains("is already rejected");
            assertThat(gateway.waiting(device)).isZero();
        }
    }

    @Test
    void chainThatRefusesEverybody_doesNotKeepTheOwnerOut() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            gateway.pair(asking);
        }
        Files.writeString(home().resolve("gatehouse.yaml"), "admission: {chain: [nobody-passes]}\n");

        assertThat(done("devices", "list")).contains(device.id());
        assertThat(done("keys", "create", "rescue")).startsWith("gk_");
        done("devices", "remove", device.id());
    }

    @Test
    void configThatIsNoYaml_doesNotKeepTheOwnerOut() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            gateway.pair(asking);
        }
        Files.writeString(home().resolve("gatehouse.yaml"), "admission: {chain: [token\ndoor: ]]\n");

        assertThat(done("devices", "list")).contains(device.id());
        assertThat(err()).contains("gatehouse.yaml", "not a YAML mapping");
    }

    @Test
    void lostKey_isReplacedWhileTheGatewayRuns_andTheNewOneOpensRest() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.withToken(home())) {
            Files.delete(home().resolve("secrets").resolve("api-key"));

            String key = done("keys", "create", "rescue").strip();

            assertThat(gateway.opensRest(key)).isTrue();
            JsonNode keys = json("keys", "list").path("keys");
            assertThat(keys).extracting(listed -> listed.path("label").asText()).containsExactly("first key", "rescue");
            done("keys", "revoke", keys.at("/1/keyId").asText());
            assertThat(gateway.opensRest(key)).isFalse();
            assertThat(run("keys", "revoke", "none")).isEqualTo(1);
        }
        assertThat(err()).doesNotContain("gk_");
    }

    @Test
    void dataInUse_whereNobodyAnswers_isSaid() throws IOException {
        GatewayFixture.withToken(home()).close();
        Path data = home().resolve("data").resolve("devices.mv.db");
        try (FileChannel other = FileChannel.open(data, StandardOpenOption.WRITE)) {
            assertThat(other.lock().isValid()).isTrue(); // as the database of another process does

            assertThat(run("devices", "list")).isEqualTo(1);
        }
        assertThat(err()).contains("the data is in use by another process", "stop it first");
    }

    @Test
    void home_thatIsNone_isSaidAndNotMade() throws IOException {
        assertThat(run("devices", "list")).isEqualTo(1);
        assertThat(err()).contains("there is no folder " + home(), "--home=DIR");

        Files.createDirectories(home());
        assertThat(run("devices", "list")).isEqualTo(1);
        assertThat(err()).contains("there is no data of a gateway in " + home());
        try (Stream<Path> made = Files.list(home())) {
            assertThat(made).isEmpty();
        }
    }

    @Test
    void database_thatCannotBeReached_isSaidWithItsAddress() throws IOException {
        Files.createDirectories(home());
        Files.writeString(
                home().resolve("gatehouse.yaml"), "database: {url: 'jdbc:postgresql://127.0.0.1:1/gatehouse'}\n");

        assertThat(run("devices", "list")).isEqualTo(1);

        assertThat(err()).contains("cannot open 'jdbc:postgresql://127.0.0.1:1/gatehouse'");
    }

    @Test
    void commands_helpAndMistakes_sayHowTheyAreTyped() throws IOException {
        assertThat(run("help")).isZero();
        assertThat(run("check-config", "--help")).isZero();
        assertThat(run("devices", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("devices approve ID", "check-config", "keys create");
        assertThat(run()).isEqualTo(2);
        assertThat(run("device", "list")).isEqualTo(2);
        assertThat(err()).contains("'device' is no command");
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Peer enter(GatewayFixture gateway, Caller caller) {
        Peer peer = gateway.connect(caller);
        open.add(peer);
        peer.hello();
        return peer;
    }

    private String done(String... arguments) throws IOException {
        out.reset();
        assertThat(run(arguments)).as("%s: %s", List.of(arguments), err()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return JSON.readTree(done(all.toArray(String[]::new)));
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) throws IOException {
        Commands commands = new Commands(
                Map.of("GATEHOUSE_HOME", home().toString()),
                Path.of("target", "plugins"),
                printing(out),
                printing(err));
        return commands.run(List.of(arguments));
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
