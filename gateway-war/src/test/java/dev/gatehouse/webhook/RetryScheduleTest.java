package dev.gatehouse.webhook;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryScheduleTest {

    private final RetrySchedule schedule = RetrySchedule.standard();
    private final Random random = new Random(1);

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "5, PT5H", "6, PT10H", "7, PT14H", "8, PT20H", "9, PT24H"})
    void pause_afterEachAttempt_isTheRecommendedOneWithinAFifth(int attempts, Duration recommended) {
        for (int i = 0; i < 100; i++) {
            assertThat(schedule.afterAttempt(attempts, Duration.ZERO, random))
                    .isBetween(share(recommended, 0.8), share(recommended, 1.2));
        }
        assertThat(schedule.attempts()).isEqualTo(10);
    }

    @Test
    void pause_isNotTheSameTwice() {
        assertThat(schedule.afterAttempt(3, Duration.ZERO, random))
                .isNotEqualTo(schedule.afterAttempt(3, Duration.ZERO, random));
    }

    @Test
    void pause_thatTheReceiverAskedFor_isKeptUpToAnHour() {
        assertThat(schedule.afterAttempt(1, Duration.ofMinutes(10), random)).isEqualTo(Duration.ofMinutes(10));
        assertThat(schedule.afterAttempt(1, Duration.ofDays(10), random)).isEqualTo(Duration.ofHours(1));
        assertThat(schedule.afterAttempt(5, Duration.ofSeconds(1), random)).isGreaterThan(Duration.ofHours(3));
        assertThat(schedule.afterFailures(1, Duration.ofMinutes(10), random)).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT5M", "500, PT5M"})
    void failingWebhook_isLeftAloneForFiveMinutesAtMost(int failures, Duration about) {
        assertThat(schedule.afterFailures(failures, Duration.ZERO, random))
                .isBetween(share(about, 0.8), share(about, 1.2));
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }
}
