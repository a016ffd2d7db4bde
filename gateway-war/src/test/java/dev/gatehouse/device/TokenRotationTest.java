package dev.gatehouse.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static dev.gatehouse.device.RegistryFixture.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenRotationTest {

    private static final Authority OWNER = Authority.owner();
    private static final Scopes READ = Scopes.of("operator.read");
    private static final Scopes READ_AND_WRITE = Scopes.of("operator.read", "operator.write");
    private static final Authority SELF = session("operator.pairing", "operator.write", "operator.read");
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final RegistryFixture fixture = new RegistryFixture();
    private final DeviceRegistry registry = fixture.registry;

    @BeforeEach
    void pair() {
        fixture.pair("d1", "operator.write");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void rotate_usedToken_keepsItValidAndLetsTheNextHelloDeliverItsSuccessor() {
        Secret old = usedToken();

        RotatedToken rotated = rotate(OWNER);

        assertThat(rotated.token()).isEmpty();
        assertThat(rotated.scopes()).isEqualTo(READ_AND_WRITE);
        assertThat(rotated.rotatedAt()).isEqualTo(fixture.clock.instant());
        assertThat(rotated.oldValidUntil()).isEqualTo(fixture.clock.instant().plus(OVERLAP));
        assertThat(fixture.events).endsWith(new DeviceEvent.TokenRotated("d1", Role.OPERATOR));
        assertValid(old);
        Secret successor = hello().orElseThrow();
        assertValid(old);
        assertValid(successor);
    }

    @Test
    void rotate_successorWasUsed_endsTheOldTokenAndSaysSo() {
        Secret old = usedToken();
        rotate(OWNER);
        Secret successor = hello().orElseThrow();

        assertValid(successor);

        assertTold(old, "token-rotated");
        assertThat(hello()).isEmpty();
    }

    @Test
    void rotate_overlapIsOver_endsTheOldToken() {
        Secret old = usedToken();
        rotate(OWNER);

        fixture.clock.advance(OVERLAP.minusMillis(1));
        assertValid(old);
        fixture.clock.advance(Duration.ofMillis(1));

        assertTold(old, "token-rotated");
        assertThat(hello()).isPresent();
    }

    @Test
    void rotate_successorLostWithItsHello_isDeliveredAnew() {
        Secret old = usedToken();
        rotate(OWNER);
        hello();

        Secret second = hello().orElseThrow();

        assertValid(old);
        assertValid(second);
        assertTold(old, "token-rotated");
    }

    @Test
    void rotate_again_doesNotProlongTheOldToken() {
        Secret old = usedToken();
        rotate(OWNER);
        fixture.clock.advance(Duration.ofMinutes(6));
        rotate(OWNER);
        fixture.clock.advance(Duration.ofMinutes(6));

        assertTold(old, "token-rotated");
    }

    @Test
    void rotate_withoutOverlap_endsTheOldTokenAtOnce() {
        try (RegistryFixture strict = new RegistryFixture(
                new DeviceSettings(Duration.ofHours(1), 1000, 32, Duration.ofSeconds(5), Duration.ZERO))) {
            strict.pair("d1", "operator.write");
            Secret old = strict.registry
                    .tokenForHello("d1", Role.OPERATOR)
                    .orElseThrow()
                    .token();

            strict.registry.rotate(OWNER, "d1", Role.OPERATOR, Optional.empty());

            assertThat(strict.registry.examine(proof("d1"), Role.OPERATOR, READ, old))
                    .isInstanceOf(TokenStanding.Invalid.class);
        }
    }

    @Test
    void rotate_toFewerScopes_cutsBothTokensAtOnceAndNotTheGrant() {
        Secret old = usedToken();

        assertThat(registry.rotate(OWNER, "d1", Role.OPERATOR, Optional.of(READ))
                        .scopes())
                .isEqualTo(READ);

        assertThat(examine(old)).isEqualTo(new TokenStanding.Valid(READ));
        assertThat(examine(hello().orElseThrow())).isEqualTo(new TokenStanding.Valid(READ));
        assertThat(registry.grant("d1", Role.OPERATOR).orElseThrow().scopes()).isEqualTo(READ_AND_WRITE);
        assertThat(rotate(OWNER).scopes()).isEqualTo(READ);
        assertThat(registry.rotate(OWNER, "d1", Role.OPERATOR, Optional.of(READ_AND_WRITE))
                        .scopes())
                .isEqualTo(READ_AND_WRITE);
    }

    @Test
    void rotate_beyondTheGrant_isInvalidAndChangesNothing() {
        Secret token = usedToken();

        assertThatThrownBy(() -> registry.rotate(OWNER, "d1", Role.OPERATOR, Optional.of(Scopes.of("operator.admin"))))
                .isInstanceOf(InvalidRotation.class)
                .hasMessageContaining("operator.admin");
        assertThatThrownBy(() -> registry.rotate(SELF, "d1", Role.OPERATOR, Optional.of(Scopes.of("operator.admin"))))
                .hasMessage("device token rotation denied");
        assertValid(token);
        assertThat(hello()).isEmpty();
    }

    @Test
    void rotate_byTheDeviceItself_deliversTheTokenAtOnce() {
        Secret old = usedToken();

        IssuedToken issued = rotate(SELF).token().orElseThrow();

        assertValid(old);
        assertValid(issued.token());
        assertTold(old, "token-rotated");
    }

    @Test
    void rotate_byTheDeviceOnTheSharedSecret_deliversNothingInBand() {
        usedToken();
        Authority shared =
                Authority.ofSession(Scopes.of("operator.pairing", "operator.write"), Optional.of("d1"), false);

        assertThat(rotate(shared).token()).isEmpty();
    }

    @Test
    void rotateAndRevoke_tokenThatCarriesMoreThanTheCaller_areDenied() {
        Secret token = usedToken();
        Authority reader = session("operator.pairing", "operator.read");

        assertThatThrownBy(() -> rotate(reader)).hasMessage("device token rotation denied");
        assertThatThrownBy(() -> registry.revoke(reader, "d1", Role.OPERATOR))
                .hasMessage("device token revocation denied");
        assertValid(token);
        assertThat(registry.rotate(reader, "d1", Role.OPERATOR, Optional.of(READ))
                        .scopes())
                .isEqualTo(READ);
    }

    @Test
    void rotateAndRevoke_whatThereIsNot_areDeniedForSessionsAndExplainedToTheOwner() {
        Authority shared = Authority.ofSession(Scopes.of("operator.admin"), Optional.empty(), false);

        assertThatThrownBy(() -> registry.rotate(shared, "nobody", Role.OPERATOR, Optional.empty()))
                .hasMessage("device token rotation denied");
        assertThatThrownBy(() -> registry.revoke(shared, "d1", Role.NODE)).hasMessage("device token revocation denied");
        assertThatThrownBy(() -> registry.rotate(OWNER, "nobody", Role.OPERATOR, Optional.empty()))
                .isInstanceOf(UnknownDevice.class);
        assertThatThrownBy(() -> registry.revoke(OWNER, "d1", Role.NODE)).isInstanceOf(UnknownGrant.class);
    }

    @Test
    void rotate_moreOftenThanIsRemembered_forgetsTheOldestTokens() {
        Secret first = usedToken();
        rotate(OWNER);
        Secret last = first;
        for (int round = 0; round < 20; round++) {
            fixture.clock.advance(Duration.ofSeconds(1));
            last = rotate(SELF).token().orElseThrow().token();
        }

        assertValid(last);
        assertThat(((TokenStanding.Invalid) examine(first)).reason().details()).doesNotContainKey("reason");
    }

    @Test
    void revoke_token_endsItAtOnceAndTheRoleWithIt() {
        Secret token = usedToken();

        assertThat(registry.revoke(OWNER, "d1", Role.OPERATOR)).isEqualTo(fixture.clock.instant());

        assertTold(token, "token-revoked");
        assertThat(registry.grant("d1", Role.OPERATOR)).isEmpty();
        assertThat(registry.find("d1").orElseThrow().grants()).isEmpty();
        assertThat(hello()).isEmpty();
        assertThat(registry.device(OWNER, "d1").grants().get(0).tokenRevokedAt())
                .contains(fixture.clock.instant());
        assertThat(fixture.events).endsWith(new DeviceEvent.TokenRevoked("d1", Role.OPERATOR));
    }

    @Test
    void revoke_again_saysSinceWhenAndTellsNobody() {
        registry.revoke(OWNER, "d1", Role.OPERATOR);
        List<DeviceEvent> before = List.copyOf(fixture.events);
        fixture.clock.advance(Duration.ofMinutes(1));

        assertThat(registry.revoke(OWNER, "d1", Role.OPERATOR))
                .isEqualTo(fixture.clock.instant().minusSeconds(60));
        assertThat(fixture.events).isEqualTo(before);
    }

    @Test
    void revoke_duringAnOverlap_endsBothTokens() {
        Secret old = usedToken();
        rotate(OWNER);
        Secret successor = hello().orElseThrow();

        registry.revoke(OWNER, "d1", Role.OPERATOR);

        assertTold(old, "token-revoked");
        assertTold(successor, "token-revoked");
    }

    @Test
    void revoke_thenApprovedAgain_grantsOnlyWhatIsApprovedNow() {
        Secret old = usedToken();
        registry.revoke(OWNER, "d1", Role.OPERATOR);

        fixture.approve(fixture.open(claim("d1", Role.OPERATOR, "operator.read")));

        assertThat(registry.grant("d1", Role.OPERATOR).orElseThrow().scopes()).isEqualTo(READ);
        assertTold(old, "token-revoked");
        assertThat(examine(hello().orElseThrow())).isEqualTo(new TokenStanding.Valid(READ));
    }

    @Test
    void revoke_thenRotated_restoresTheRoleAndNotTheOldToken() {
        Secret old = usedToken();
        registry.revoke(OWNER, "d1", Role.OPERATOR);

        assertThatThrownBy(() -> rotate(SELF)).hasMessage("device token rotation denied");
        rotate(OWNER);

        assertTold(old, "token-revoked");
        assertValid(hello().orElseThrow());
    }

    @Test
    void revoke_deviceThatWouldBeApprovedSilently_staysRevoked() {
        registry.revoke(OWNER, "d1", Role.OPERATOR);

        registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(registry.grant("d1", Role.OPERATOR)).isEmpty();
    }

    private Secret usedToken() {
        Secret token = hello().orElseThrow();
        assertValid(token);
        return token;
    }

    private Optional<Secret> hello() {
        return registry.tokenForHello("d1", Role.OPERATOR).map(IssuedToken::token);
    }

    private RotatedToken rotate(Authority authority) {
        return registry.rotate(authority, "d1", Role.OPERATOR, Optional.empty());
    }

    private TokenStanding examine(Secret token) {
        return registry.examine(proof("d1"), Role.OPERATOR, READ, token);
    }

    private void assertValid(Secret token) {
        assertThat(examine(token)).isInstanceOf(TokenStanding.Valid.class);
    }

    private void assertTold(Secret token, String why) {
        VetoReason reason = ((TokenStanding.Invalid) examine(token)).reason();
        assertThat(reason.code()).isEqualTo("AUTH_DEVICE_TOKEN_MISMATCH");
        assertThat(reason.details().get("reason")).isEqualTo(why);
        assertThat(reason.details().get("authReason")).isEqualTo("device_token_mismatch");
        assertThat(reason.message()).hasSizeLessThanOrEqualTo(120).startsWith("unauthorized: device token was ");
    }

    private static Authority session(String... scopes) {
        return Authority.ofSession(Scopes.of(scopes), Optional.of("d1"), true);
    }
}
