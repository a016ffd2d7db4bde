package dev.gatehouse.management;

import java.time.Duration;

import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuessLimitTest {

    private final MutableClock clock = new MutableClock();
    private final GuessLimit limit = new GuessLimit(clock);

    @Test
    void address_afterTenFailures_waitsUntilTheMinuteIsOver() {
        fail("a", 9);
        assertThat(limit.isReached("a")).isFalse();

        fail("a", 1);

        assertThat(limit.isReached("a")).isTrue();
        assertThat(limit.isReached("b")).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(limit.isReached("a")).isFalse();
        fail("a", 1);
        assertThat(limit.isReached("a")).isFalse();
    }

    @Test
    void addresses_beyondTenThousand_areForgottenFirst() {
        fail("a", 10);
        for (int other = 0; other < 9_999; other++) {
            limit.failed("other " + other);
        }
        assertThat(limit.isReached("a")).isTrue();

        limit.failed("one more");

        assertThat(limit.isReached("a")).isFalse();
    }

    private void fail(String address, int times) {
        for (int failure = 0; failure < times; failure++) {
            limit.failed(address);
        }
    }
}
