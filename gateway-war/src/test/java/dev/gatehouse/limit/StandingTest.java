package dev.gatehouse.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandingTest {

    private static final long NOW = Duration.ofDays(20_000).toMillis();
    private static final long LOCK = Standing.LOCK.toMillis();

    @Test
    void guesses_areFree_thenAnsweredLaterEachTime_thenLock() {
        List<Optional<Duration>> delays = new ArrayList<>();
        Standing standing = Standing.NONE;
        for (int i = 0; i < 16; i++) {
            standing = standing.afterGuess(NOW);
            delays.add(standing.delay(NOW));
        }

        assertThat(delays.subList(0, Standing.FREE)).containsOnly(Optional.empty());
        assertThat(delays.subList(Standing.FREE, 16).stream().map(Optional::orElseThrow))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16),
                        Standing.LOCK);
    }

    @Test
    void lock_isNotProlongedByGuesses_andEndsWhenItWasSaid() {
        Standing locked = after(16, NOW);

        assertThat(locked.afterGuess(NOW + LOCK - 1)).isEqualTo(locked);
        assertThat(locked.delay(NOW + LOCK - 1)).contains(Duration.ofMillis(1));
        assertThat(locked.delay(NOW + LOCK)).isEmpty();
        assertThat(locked.afterGuess(NOW + LOCK)).isEqualTo(new Standing(NOW + LOCK, 1, 0));
    }

    @Test
    void guesses_ofAnotherMinute_areNotAddedUp() {
        long later = NOW + Duration.ofMinutes(1).toMillis();

        assertThat(after(Standing.FREE, NOW).afterGuess(later - 1).isLimited(later - 1))
                .isTrue();
        assertThat(after(Standing.FREE, NOW).afterGuess(later)).isEqualTo(new Standing(later, 1, 0));
    }

    @Test
    void guesser_whoIsLimited_isSoForAsLongAsALockTakes() {
        Standing limited = after(Standing.FREE + 1, NOW);

        assertThat(limited.isLimited(NOW + LOCK - 1)).isTrue();
        assertThat(limited.isLimited(NOW + LOCK)).isFalse();
    }

    private static Standing after(int guesses, long now) {
        Standing standing = Standing.NONE;
        for (int i = 0; i < guesses; i++) {
            standing = standing.afterGuess(now);
        }
        return standing;
    }
}
