package dev.gatehouse.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.DeviceProof;
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

class DeviceTokensTest {

    private static final Scopes READ = Scopes.of("operator.read");

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
    void tokenForHello_grantWithoutToken_issuesOneThatIsValid() {
        IssuedToken issued = registry.tokenForHello("d1", Role.OPERATOR).orElseThrow();

        assertThat(issued.token().expose()).matches("[A-Za-z0-9_-]{43}");
        assertThat(issued.issuedAt()).isEqualTo(fixture.clock.instant());
        assertThat(examine(issued.token()))
                .isEqualTo(new TokenStanding.Valid(Scopes.of("operator.read", "operator.write")));
    }

    @Test
    void tokenForHello_tokenNeverUsed_replacesIt() {
        Secret lost = token();
        Secret second = token();

        assertThat(examine(lost)).isInstanceOf(TokenStanding.Invalid.class);
        assertThat(examine(second)).isInstanceOf(TokenStanding.Valid.class);
    }

    @Test
    void tokenForHello_tokenInUse_issuesNone() {
        Secret token = token();
        examine(token);

        assertThat(registry.tokenForHello("d1", Role.OPERATOR)).isEmpty();
        assertThat(examine(token)).isInstanceOf(TokenStanding.Valid.class);
    }

    @Test
    void tokenForHello_noGrant_issuesNone() {
        assertThat(registry.tokenForHello("d1", Role.NODE)).isEmpty();
        assertThat(registry.tokenForHello("nobody", Role.OPERATOR)).isEmpty();
    }

    @Test
    void tokenForHello_atTheSameMoment_leavesOneTokenAlive() throws Exception {
        List<Secret> issued = Race.of(
                        4,
                        () -> registry.tokenForHello("d1", Role.OPERATOR)
                                .<Object>map(token -> token)
                                .orElse("none"))
                .stream()
                .filter(IssuedToken.class::isInstance)
                .map(outcome -> ((IssuedToken) outcome).token())
                .toList();

        assertThat(issued).isNotEmpty();
        assertThat(issued.stream().filter(token -> examine(token) instanceof TokenStanding.Valid))
                .hasSize(1);
    }

    @Test
    void examine_wrongToken_isMismatch() {
        token();

        assertMismatch(examine(Secret.of("wrong")));
    }

    @Test
    void examine_noTokenIssued_isMismatch() {
        assertMismatch(examine(Secret.of("any")));
    }

    @Test
    void examine_anotherKeyOrRoleOrDevice_isMismatch() {
        Secret token = token();

        assertMismatch(registry.examine(new DeviceProof.Verified("d1", "other-key"), Role.OPERATOR, READ, token));
        assertMismatch(registry.examine(proof("d1"), Role.NODE, READ, token));
        assertMismatch(registry.examine(proof("d2"), Role.OPERATOR, READ, token));
    }

    @Test
    void examine_removedDevice_isMismatch() {
        Secret token = token();
        examine(token);

        registry.remove(Authority.owner(), "d1");

        assertMismatch(examine(token));
    }

    @Test
    void examine_scopesThatNobodyDecidedAbout_isScopeMismatch() {
        Secret token = token();

        TokenStanding standing = registry.examine(proof("d1"), Role.OPERATOR, Scopes.of("operator.admin"), token);

        VetoReason reason = ((TokenStanding.Invalid) standing).reason();
        assertThat(reason.code()).isEqualTo("AUTH_SCOPE_MISMATCH");
        assertThat(reason.effect()).isEqualTo(VetoReason.Effect.IDENTIFY);
        assertThat(reason.message())
                .isEqualTo("unauthorized: device token scope mismatch (re-pair or approve scope upgrade)");
        assertThat(reason.details().toString())
                .isEqualTo("{authReason=scope_mismatch, canRetryWithDeviceToken=false,"
                        + " recommendedNextStep=review_auth_configuration}");
    }

    @Test
    void examine_scopesWithheld_isValidForWhatWasGranted() {
        fixture.approve(fixture.open(claim("d2", Role.OPERATOR, "operator.admin")), "operator.read");
        Secret token = registry.tokenForHello("d2", Role.OPERATOR).orElseThrow().token();

        assertThat(registry.examine(proof("d2"), Role.OPERATOR, Scopes.of("operator.admin"), token))
                .isEqualTo(new TokenStanding.Valid(READ));
    }

    @Test
    void examine_firstUse_isDurableAtOnce() {
        examine(token());

        assertThat(lastUsed()).contains(fixture.clock.instant());
    }

    @Test
    void examine_laterUse_isWrittenDownWhenTheRegistryCloses() {
        Secret token = token();
        examine(token);
        Optional<Instant> first = lastUsed();
        fixture.clock.advance(Duration.ofMinutes(6));
        examine(token);

        registry.close();

        assertThat(lastUsed()).contains(first.orElseThrow().plus(Duration.ofMinutes(6)));
    }

    @Test
    void examine_useWithinFiveMinutes_isNotWrittenAgain() {
        Secret token = token();
        examine(token);
        Optional<Instant> first = lastUsed();
        fixture.clock.advance(Duration.ofMinutes(4));
        examine(token);

        registry.close();

        assertThat(lastUsed()).isEqualTo(first);
    }

    @Test
    void examine_useOfTheTokenBeforeARepair_doesNotCountForTheNewToken() {
        Secret old = token();
        examine(old);
        examine(old);
        registry.remove(Authority.owner(), "d1");
        fixture.pair("d1", "operator.write");
        token();

        registry.close();

        assertThat(lastUsed()).isEmpty();
    }

    private Secret token() {
        return registry.tokenForHello("d1", Role.OPERATOR).orElseThrow().token();
    }

    private TokenStanding examine(Secret token) {
        return registry.examine(proof("d1"), Role.OPERATOR, READ, token);
    }

    private Optional<Instant> lastUsed() {
        return registry.device(Authority.owner(), "d1").grants().get(0).tokenLastUsedAt();
    }

    private static void assertMismatch(TokenStanding standing) {
        VetoReason reason = ((TokenStanding.Invalid) standing).reason();
        assertThat(reason.code()).isEqualTo("AUTH_DEVICE_TOKEN_MISMATCH");
        assertThat(reason.effect()).isEqualTo(VetoReason.Effect.IDENTIFY);
        assertThat(reason.message()).isEqualTo("unauthorized: device token mismatch (rotate/reissue device token)");
        assertThat(reason.details().toString())
                .isEqualTo("{authReason=device_token_mismatch, canRetryWithDeviceToken=false,"
                        + " recommendedNextStep=update_auth_credentials}");
    }
}
