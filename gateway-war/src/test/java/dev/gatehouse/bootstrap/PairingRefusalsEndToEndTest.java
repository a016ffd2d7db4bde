package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** The refusals of a device that was approved for less than it asks for now. */
class PairingRefusalsEndToEndTest {

    private static GatewayFixture gateway;

    private final TestDevice device = new TestDevice();
    private final ConnectFixture cli = Callers.remoteCli().withToken(SECRET);
    private final Caller approved = Caller.of(cli).on(device);

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void otherPlatform_isAMetadataUpgrade() {
        gateway.pair(approved);

        assertRefused(
                "R62", Caller.of(cli.withMetadata("win32", Optional.empty())).on(device));
    }

    @Test
    void otherFamilyOfDevice_isAMetadataUpgrade() {
        gateway.pair(Caller.of(cli.withMetadata("linux", Optional.of("PC"))).on(device));

        assertRefused(
                "R62",
                Caller.of(cli.withMetadata("linux", Optional.of("Phone"))).on(device));
    }

    @Test
    void otherRole_isARoleUpgrade() {
        gateway.pair(approved);

        assertRefused("R63", Caller.of(cli.withRole(Role.NODE).withScopes()).on(device));
    }

    @Test
    void moreScopes_areAScopeUpgrade() {
        gateway.pair(approved);

        assertRefused("R64", Caller.of(cli.withScopes("operator.admin")).on(device));
    }

    @Test
    void upgrade_thatIsApproved_admits() {
        gateway.pair(approved);
        Caller more = Caller.of(cli.withScopes("operator.admin")).on(device);

        gateway.pair(more);

        assertThat(gateway.admit(more).at("/auth/scopes/0").asText()).isEqualTo("operator.admin");
    }

    @Test
    void moreScopes_onADeviceToken_areAScopeMismatch() {
        gateway.pair(approved);
        String deviceToken = gateway.admit(approved).at("/auth/deviceToken").asText();

        assertRefused(
                "R44",
                Caller.of(Callers.remoteCli().withDeviceToken(deviceToken).withScopes("operator.admin"))
                        .on(device));
        assertThat(gateway.waiting(device)).isZero();
    }

    @Test
    void deviceToken_ofAnotherDevice_isAMismatch() {
        gateway.pair(approved);
        String deviceToken = gateway.admit(approved).at("/auth/deviceToken").asText();

        assertRefused(
                "R43",
                Caller.of(Callers.remoteCli().withDeviceToken(deviceToken)).onNewDevice());
    }

    private static void assertRefused(String row, Caller caller) {
        RecordedRefusal.of(row, "").assertToldTo(gateway.connect(caller), caller);
    }
}
