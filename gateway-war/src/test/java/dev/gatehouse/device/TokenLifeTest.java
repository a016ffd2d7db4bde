package dev.gatehouse.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.proof;
import static org.assertj.core.api.Assertions.assertThat;

/** Device tokens with an end, in a gateway whose operator sets, changes and lifts it. */
class TokenLifeTest {

    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration BEFORE_RENEWAL = Duration.ofDays(19);
    private static final Scopes WRITE = Scopes.of("operator.write");

    private volatile Optional<Duration> lifetime = Optional.of(LIFE);
    private final RegistryFixture fixture = new RegistryFixture(() -> new DeviceSettings(
            Duration.ofHours(1), 1000, 32, Duration.ofSeconds(5), Duration.ZERO, lifetime, false, Optional.empty()));
    private final DeviceRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void token_atItsEnd_isToldThatItHasExpired() {
        Secret token = usedToken();

        fixture.clock.advance(LIFE.minusMillis(1));
        assertThat(examine(token)).isInstanceOf(TokenStanding.Valid.class);
        fixture.clock.advance(Duration.ofMillis(1));

        assertTold(token, "token-expired");
    }

    @Test
    void neverUsedToken_atItsEnd_isWorthNothing() {
        fixture.pair("d1", "operator.write");
        Secret token = hello().orElseThrow();

        fixture.clock.advance(LIFE);

        assertTold(token, "token-expired");
    }

    @Test
    void deviceThatComesBeforeTheLastThird_keepsItsToken() {
        usedToken();

        fixture.clock.advance(BEFORE_RENEWAL);

        assertThat(hello()).isEmpty();
    }

    @Test
    void deviceThatComesInTheLastThird_isGivenAnother_andNoSessionEnds() {
        Secret old = usedToken();
        fixture.clock.advance(Duration.ofDays(20));

        Secret renewed = hello().orElseThrow();

        assertThat(fixture.events).endsWith(new DeviceEvent.TokenRenewed("d1", Role.OPERATOR));
        assertThat(examine(renewed)).isInstanceOf(TokenStanding.Valid.class);
        assertTold(old, "token-rotated");
        fixture.clock.advance(LIFE.minusMillis(1));
        assertThat(examine(renewed)).isInstanceOf(TokenStanding.Valid.class);
    }

    @Test
    void helloWithTheNewToken_thatIsLost_costsNobodyTheOldOne() {
        Secret old = usedToken();
        fixture.clock.advance(Duration.ofDays(21));
        hello();

        fixture.clock.advance(Duration.ofDays(9).minusMillis(1));

        assertThat(examine(old)).isInstanceOf(TokenStanding.Valid.class);
        assertThat(hello()).isPresent();
        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(examine(old)).isInstanceOf(TokenStanding.Invalid.class);
    }

    @Test
    void expiredDevice_thatComesWithTheSharedSecret_isGivenAToken() {
        usedToken();
        fixture.clock.advance(LIFE.plusDays(100));

        assertThat(examine(hello().orElseThrow())).isInstanceOf(TokenStanding.Valid.class);
    }

    @Test
    void tokenFromBeforeTheLimit_livesAsLongAsOneIssuedWhenTheLimitIsApplied() {
        lifetime = Optional.empty();
        Secret token = usedToken();
        fixture.clock.advance(LIFE.multipliedBy(10));
        lifetime = Optional.of(LIFE);

        limitTokens();

        assertThat(examine(token)).isInstanceOf(TokenStanding.Valid.class);
        fixture.clock.advance(LIFE);
        assertTold(token, "token-expired");
    }

    @Test
    void tokenReplacedBeforeTheLimit_endsWithinIt_thoughItsSuccessorWasNeverUsed() {
        lifetime = Optional.empty();
        Secret old = usedToken();
        registry.renewToken("d1", Role.OPERATOR);
        lifetime = Optional.of(LIFE);

        limitTokens(2);

        assertThat(examine(old)).isInstanceOf(TokenStanding.Valid.class);
        fixture.clock.advance(LIFE);
        assertTold(old, "token-rotated");
    }

    @Test
    void shorterLimit_shortensTheLifeOfEveryToken_andLiftingItEndsNone() {
        Secret token = usedToken();
        lifetime = Optional.of(Duration.ofHours(1));
        limitTokens();
        fixture.clock.advance(Duration.ofHours(1));
        assertTold(token, "token-expired");

        lifetime = Optional.empty();

        assertThat(examine(token)).isInstanceOf(TokenStanding.Valid.class);
    }

    @Test
    void session_endsWhenItsTokenIsToBeRenewed_andInThatTimeWithTheToken() {
        Secret token = usedToken();
        Instant issued = fixture.clock.instant();

        assertThat(endOfSession(token)).contains(issued.plus(Duration.ofDays(20)));
        fixture.clock.advance(Duration.ofDays(20));
        assertThat(endOfSession(token)).contains(issued.plus(LIFE));
        lifetime = Optional.empty();
        assertThat(endOfSession(token)).isEmpty();
    }

    @Test
    void endOfToken_isListed() {
        usedToken();

        assertThat(registry.device(Authority.owner(), "d1").grants().get(0).tokenExpiresAt())
                .contains(fixture.clock.instant().plus(LIFE));
    }

    private void limitTokens() {
        limitTokens(1);
    }

    private void limitTokens(int expected) {
        TokenLife life = new TokenLife(() -> new DeviceSettings(
                Duration.ofHours(1),
                1000,
                32,
                Duration.ofSeconds(5),
                Duration.ZERO,
                lifetime,
                false,
                Optional.empty()));
        assertThat(fixture.database.<Integer>inTransaction(
                        entityManager -> life.apply(entityManager, fixture.clock.millis())))
                .isEqualTo(expected);
    }

    private Secret usedToken() {
        fixture.pair("d1", "operator.write");
        Secret token = hello().orElseThrow();
        assertThat(examine(token)).isInstanceOf(TokenStanding.Valid.class);
        return token;
    }

    private Optional<Secret> hello() {
        return registry.tokenForHello("d1", Role.OPERATOR).map(IssuedToken::token);
    }

    private TokenStanding examine(Secret token) {
        return registry.examine(proof("d1"), Role.OPERATOR, WRITE, token);
    }

    private Optional<Instant> endOfSession(Secret token) {
        return registry.endOfSession(proof("d1"), Role.OPERATOR, token);
    }

    private void assertTold(Secret token, String reason) {
        assertThat(examine(token)).isInstanceOfSatisfying(TokenStanding.Invalid.class, invalid -> {
            assertThat(invalid.reason().code()).isEqualTo("AUTH_DEVICE_TOKEN_MISMATCH");
            assertThat(invalid.reason().details()).containsEntry("reason", reason);
        });
    }
}
