package dev.gatehouse.limit;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuessMinutesTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long NOW = 1_000_000 * MINUTE;

    private final GuessMinutes minutes = new GuessMinutes();

    @Test
    void guess_countsForAWholeHour() {
        minutes.add(NOW + MINUTE - 1);

        assertThat(minutes.sum(NOW + 61 * MINUTE - 1)).isEqualTo(1);
        assertThat(minutes.sum(NOW + 61 * MINUTE)).isZero();
    }

    @Test
    void wait_isUntilEnoughOfThemAreAnHourOld() {
        minutes.add(NOW);
        minutes.add(NOW + MINUTE);
        minutes.add(NOW + MINUTE);

        assertThat(minutes.untilFewerThan(4, NOW)).isZero();
        assertThat(minutes.untilFewerThan(3, NOW)).isEqualTo(Duration.ofMinutes(61));
        assertThat(minutes.untilFewerThan(2, NOW)).isEqualTo(Duration.ofMinutes(62));
        assertThat(minutes.sum(NOW + 62 * MINUTE)).isZero();
    }

    @Test
    void guesses_thatWereWritten_areCountedOnce_withThoseOfOtherNodes() {
        minutes.add(NOW);
        Map<Long, Long> taken = minutes.unwritten();
        minutes.add(NOW);

        minutes.stored(Map.of(NOW / MINUTE, 5L), taken); // four of them of another node

        assertThat(minutes.sum(NOW)).isEqualTo(6);
        assertThat(minutes.unwritten()).containsExactly(Map.entry(NOW / MINUTE, 1L));
    }
}
