package dev.gatehouse.device;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.ImportOutcome.Kind;
import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceImportTest {

    private static final Authority OWNER = Authority.owner();
    private static final Secret TOKEN = Secret.of("a-token-of-another-gateway");
    private static final Scopes READ = Scopes.of("operator.read");

    private final RegistryFixture fixture = new RegistryFixture();
    private final DeviceRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void device_isKnownWithItsGrantAndItsToken_andAnEventSaysSo() {
        assertThat(kinds(List.of(device(1), device(2)))).containsExactly(Kind.IMPORTED, Kind.IMPORTED);

        assertThat(registry.device(OWNER, id(1)).label()).contains("Desk");
        assertThat(registry.examine(proof(1), Role.OPERATOR, READ, TOKEN)).isEqualTo(new TokenStanding.Valid(READ));
        assertThat(fixture.events).containsExactly(new DeviceEvent.DevicesImported(id(1), 2));
    }

    @Test
    void secondTime_changesNothing() {
        kinds(List.of(device(1)));
        Device before = registry.device(OWNER, id(1));

        assertThat(kinds(List.of(device(1)))).containsExactly(Kind.UNCHANGED);

        assertThat(registry.device(OWNER, id(1))).isEqualTo(before);
        assertThat(fixture.events).hasSize(1);
    }

    @Test
    void rehearsal_saysTheSame_andChangesNothing() {
        assertThat(registry.importDevices(OWNER, List.of(device(1)), true))
                .containsExactly(new ImportOutcome(id(1), Kind.IMPORTED));
        assertThat(registry.devices(OWNER)).isEmpty();
    }

    @Test
    void deviceThatIsKnownOtherwise_staysAsItIs() {
        kinds(List.of(device(1)));
        registry.rotate(OWNER, id(1), Role.OPERATOR, Optional.empty());
        Device before = registry.device(OWNER, id(1));

        assertThat(kinds(List.of(device(1), device(2)))).containsExactly(Kind.LEFT_ALONE, Kind.IMPORTED);
        assertThat(registry.device(OWNER, id(1))).isEqualTo(before);
    }

    @Test
    void deviceThatComesTwice_isTakenOnce() {
        assertThat(kinds(List.of(device(1), device(1)))).containsExactly(Kind.IMPORTED, Kind.LEFT_ALONE);
    }

    @Test
    void tokenWithFewerScopes_carriesThem() {
        ImportedGrant grant = new ImportedGrant(
                Role.OPERATOR,
                Scopes.of("operator.write"),
                Scopes.of("operator.read", "operator.admin"),
                Optional.of(ImportedGrant.hashOf(TOKEN)),
                Optional.empty(),
                Optional.empty());
        kinds(List.of(device(1, grant)));

        DeviceGrant held = registry.device(OWNER, id(1)).grants().get(0);
        assertThat(held.scopes()).isEqualTo(Scopes.of("operator.read", "operator.write"));
        assertThat(held.tokenScopes()).isEqualTo(READ);
    }

    @Test
    void caller_whoIsNotTheOwner_isDenied() {
        Authority admin = Authority.ofSession(Scopes.of("operator.admin"), Optional.empty(), false);

        assertThatThrownBy(() -> registry.importDevices(admin, List.of(device(1)), false))
                .isInstanceOf(Denied.class)
                .hasMessage("device import denied");
    }

    @Test
    void tooMany_areRefusedAtOnce() {
        List<ImportedDevice> many = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            many.add(device(1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.importDevices(OWNER, many, false))
                .withMessageContaining("10000");
    }

    @Test
    void partsThatCannotBe_areRefused() {
        ImportedGrant good = grant();
        assertThatIllegalArgumentException().isThrownBy(() -> device(id(1), key(2), List.of(good)));
        assertThatIllegalArgumentException().isThrownBy(() -> device(id(1), key(1) + "=", List.of(good)));
        assertThatIllegalArgumentException().isThrownBy(() -> device(id(1), key(1), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> device(id(1), key(1), List.of(good, good)));
        assertThatIllegalArgumentException().isThrownBy(() -> grant(Role.NODE, "operator.read", "sha256:" + key(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> grant(Role.OPERATOR, "operator.a b", "sha256:" + key(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> grant(Role.OPERATOR, "operator.read", "in plain"));
    }

    private List<Kind> kinds(List<ImportedDevice> devices) {
        return registry.importDevices(OWNER, devices, false).stream()
                .map(ImportOutcome::kind)
                .toList();
    }

    private static ImportedDevice device(int number) {
        return device(number, grant());
    }

    private static ImportedDevice device(int number, ImportedGrant grant) {
        return device(id(number), key(number), List.of(grant));
    }

    private static ImportedDevice device(String id, String key, List<ImportedGrant> grants) {
        return new ImportedDevice(
                id,
                key,
                Optional.of("Desk"),
                new ClientFacts("cli", "cli", "", "linux", Optional.empty(), Optional.empty()),
                Instant.ofEpochMilli(7),
                ApprovedVia.OWNER,
                Optional.empty(),
                grants);
    }

    private static ImportedGrant grant() {
        return grant(Role.OPERATOR, "operator.read", ImportedGrant.hashOf(TOKEN));
    }

    private static ImportedGrant grant(Role role, String scope, String hash) {
        Scopes scopes = scope.contains(" ") ? Scopes.of(List.of(scope)) : Scopes.of(scope);
        return new ImportedGrant(
                role, scopes, scopes, Optional.of(hash), Optional.of(Instant.ofEpochMilli(8)), Optional.empty());
    }

    private static DeviceProof.Verified proof(int number) {
        return new DeviceProof.Verified(id(number), key(number));
    }

    private static String key(int number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(new byte[] {(byte) number}));
    }

    private static String id(int number) {
        return HexFormat.of().formatHex(sha256(Base64.getUrlDecoder().decode(key(number))));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
