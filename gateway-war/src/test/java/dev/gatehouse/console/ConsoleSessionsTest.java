package dev.gatehouse.console;

import java.security.SecureRandom;
import java.time.Duration;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleSessionsTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final RegistryFixture fixture = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final ApiKeys keys = new ApiKeys(fixture.database, clock, new SecureRandom(), event -> {});
    private final Secret key = keys.create(Actor.OWNER, "laptop");
    private final ConsoleSessions sessions = new ConsoleSessions(keys, clock, new SecureRandom());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void session_standsForItsKey_andOnlyByItsCookie() {
        ConsoleSession session = open();

        assertThat(sessions.find(session.cookie())).contains(session);
        assertThat(session.key().label()).isEqualTo("laptop");
        assertThat(sessions.find(Secret.of("A".repeat(43)))).isEmpty();
        assertThat(sessions.find(session.csrfToken())).isEmpty();
    }

    @Test
    void open_withoutAGoodKey_isRefused() {
        assertThat(sessions.open(Secret.of("gk_00000000_" + "A".repeat(43)))).isEmpty();
        assertThat(sessions.open(Secret.of(""))).isEmpty();
    }

    @Test
    void sessions_ofOneKey_shareNothing() {
        ConsoleSession one = open();
        ConsoleSession other = open();

        assertThat(one.cookie()).isNotEqualTo(other.cookie());
        assertThat(one.csrfToken()).isNotEqualTo(other.csrfToken());
        sessions.end(one.cookie());
        assertThat(sessions.find(one.cookie())).isEmpty();
        assertThat(sessions.find(other.cookie())).isPresent();
    }

    @Test
    void session_thatIsUsed_livesOnUntilItsEnd() {
        ConsoleSession session = open();
        Duration almostIdle = ConsoleSessions.IDLE.minus(MOMENT);
        Duration passed = Duration.ZERO;
        while (passed.plus(almostIdle).compareTo(ConsoleSessions.LIFE) < 0) {
            clock.advance(almostIdle);
            passed = passed.plus(almostIdle);
            assertThat(sessions.find(session.cookie())).isPresent();
        }

        clock.advance(ConsoleSessions.LIFE.minus(passed).minus(MOMENT));
        assertThat(sessions.find(session.cookie())).isPresent();
        clock.advance(MOMENT);
        assertThat(sessions.find(session.cookie())).isEmpty();
    }

    @Test
    void session_thatIsIdle_ends() {
        ConsoleSession session = open();

        clock.advance(ConsoleSessions.IDLE);

        assertThat(sessions.find(session.cookie())).isEmpty();
    }

    @Test
    void session_whoseKeyWasRevoked_ends_andDoesNotComeBack() {
        ConsoleSession session = open();

        keys.revoke(Authority.owner(), session.key().id());

        assertThat(sessions.find(session.cookie())).isEmpty();
    }

    @Test
    void sessions_beyondTheBound_pushOutTheOneUsedLeastLately() {
        ConsoleSession used = open();
        ConsoleSession unused = open();
        for (int more = 2; more < ConsoleSessions.SESSIONS_MAX; more++) {
            open();
        }
        assertThat(sessions.find(used.cookie())).isPresent();

        open();

        assertThat(sessions.find(used.cookie())).isPresent();
        assertThat(sessions.find(unused.cookie())).isEmpty();
    }

    @Test
    void session_asText_showsNoSecret() {
        ConsoleSession session = open();

        assertThat(session.toString())
                .doesNotContain(session.cookie().expose(), session.csrfToken().expose());
    }

    private ConsoleSession open() {
        return sessions.open(key).orElseThrow();
    }
}
