package dev.gatehouse.offline.openclaw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;

import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.ImportedDevice;
import dev.gatehouse.device.ImportedGrant;
import dev.gatehouse.offline.openclaw.OpenClawState.LeftOut;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.offline.openclaw.StateFile.id;
import static dev.gatehouse.offline.openclaw.StateFile.key;
import static dev.gatehouse.offline.openclaw.StateFile.token;
import static dev.gatehouse.offline.openclaw.StateFile.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What comes across of each kind of device, and what is said about the rest. */
class OpenClawStateTest {

    private static final String READ = "[\"operator.read\"]";

    @TempDir
    private Path folder;

    private StateFile file;

    @BeforeEach
    void make() throws Exception {
        file = new StateFile(Files.createDirectories(folder.resolve("state")).resolve("openclaw.sqlite"));
    }

    @AfterEach
    void close() throws Exception {
        file.close();
    }

    @Test
    void device_comesAcross_withItsTokenAsAHash() throws Exception {
        file.operator(1);

        ImportedDevice device = read().devices().get(0);

        assertThat(device.deviceId()).isEqualTo(id(1));
        assertThat(device.publicKey()).isEqualTo(key(1));
        assertThat(device.label()).contains("Ada's laptop");
        assertThat(device.client().id()).isEqualTo("cli");
        assertThat(device.client().platform()).isEqualTo("linux");
        assertThat(device.client().deviceFamily()).contains("Linux");
        assertThat(device.approvedVia()).isEqualTo(ApprovedVia.OWNER);
        assertThat(device.approvedAt()).isEqualTo(Instant.ofEpochMilli(1795369057926L));
        assertThat(device.lastSeenAt()).contains(Instant.ofEpochMilli(1795369057907L));
        ImportedGrant grant = device.grants().get(0);
        assertThat(grant.role()).isEqualTo(Role.OPERATOR);
        assertThat(grant.scopes()).isEqualTo(Scopes.of("operator.read"));
        assertThat(grant.tokenHash()).contains(ImportedGrant.hashOf(Secret.of(token(1, "operator"))));
        assertThat(read().toString()).doesNotContain(token(1, "operator"));
        assertThat(read().notesOn(id(1))).isEmpty();
    }

    @Test
    void folderOfOpenClaw_isAsGoodAsTheFile() throws Exception {
        file.operator(1);

        assertThat(OpenClawState.read(folder).devices()).hasSize(1);
    }

    @Test
    void revokedRole_andRoleWithoutToken_stayBehind() throws Exception {
        file.device(id(1), key(1), "operator", READ, tokens(1, "operator", ",\"revokedAtMs\":7"), "owner", null);
        file.device(id(2), key(2), "operator", READ, "{}", "owner", null);

        assertThat(read().devices()).isEmpty();
        assertThat(read().leftOut())
                .containsExactly(
                        new LeftOut(id(1), "role 'operator' is revoked; no role is left"),
                        new LeftOut(id(2), "role 'operator' has no token, and so is not in force; no role is left"));
    }

    @Test
    void unknownRole_staysBehind_andTheOthersComeAcross() throws Exception {
        String tokens = tokens(1, "operator", "").replace("{\"operator\"", "{\"king\":{\"token\":\"x\"},\"operator\"");
        file.device(id(1), key(1), "operator", READ, tokens, "silent", null);

        assertThat(read().devices().get(0).grants()).hasSize(1);
        assertThat(read().devices().get(0).approvedVia()).isEqualTo(ApprovedVia.SILENT);
        assertThat(read().notesOn(id(1))).containsExactly("role 'king' does not exist here");
    }

    @Test
    void tokenThatHangsOnTheSharedSecret_staysBehind_andItsDeviceComesAcross() throws Exception {
        String issuer = ",\"issuer\":{\"kind\":\"shared-gateway-auth\",\"generation\":\"g\"}";
        file.device(id(1), key(1), "operator", READ, tokens(1, "operator", issuer), "owner", null);

        assertThat(read().devices().get(0).grants().get(0).tokenHash()).isEmpty();
        assertThat(read().notesOn(id(1))).singleElement().asString().contains("hangs on OpenClaw's shared secret");
    }

    @Test
    void idThatIsNotThatOfTheKey_staysBehind() throws Exception {
        file.device(id(1), key(2), "operator", READ, tokens(1, "operator", ""), "owner", null);
        file.device(id(3), "not a key", "operator", READ, tokens(3, "operator", ""), "owner", null);

        assertThat(read().devices()).isEmpty();
        assertThat(read().leftOut())
                .extracting(LeftOut::why)
                .allSatisfy(why -> assertThat(why).contains("not the SHA-256"));
    }

    @Test
    void damagedTexts_costTheirDeviceOnly() throws Exception {
        file.device(id(1), key(1), "operator", "[7, \"operator.read\"", "no json", "owner", null);
        file.operator(2);

        assertThat(read().devices()).extracting(ImportedDevice::deviceId).containsExactly(id(2));
        assertThat(read().leftOut().get(0).why()).contains("its tokens_json is damaged");
    }

    @Test
    void surfacesAndWaitingRequests_areMentioned() throws Exception {
        file.device(id(1), key(1), "node", "[]", tokens(1, "node", ""), "owner", "{}");
        file.execute(
                "insert into device_pairing_pending (request_id, device_id, public_key, ts) values ('r','d','k',1)");

        assertThat(read().notes())
                .containsExactly(
                        "what 1 node(s) may do is not taken over: approve it when they connect",
                        "1 waiting request(s) are not taken over: those devices ask again by themselves");
    }

    @Test
    void fileOfAnotherProgram_isSaid() throws Exception {
        Path other = folder.resolve("other.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("create table recipes (name text)");
        }

        assertThatThrownBy(() -> OpenClawState.read(other))
                .isInstanceOf(UnusableState.class)
                .hasMessageContaining("has no table device_pairing_paired");
        assertThatThrownBy(() -> OpenClawState.read(folder.resolve("none.sqlite")))
                .isInstanceOf(UnusableState.class)
                .hasMessageContaining("there is no file");
    }

    private OpenClawState read() {
        return OpenClawState.read(file.path());
    }
}
