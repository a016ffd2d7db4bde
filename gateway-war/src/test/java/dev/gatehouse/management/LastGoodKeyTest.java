package dev.gatehouse.management;

import java.time.Duration;

import dev.gatehouse.spi.Secret;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastGoodKeyTest {

    private static final Secret KEY = Secret.of("gk_00000000_first");
    private static final Secret OTHER = Secret.of("gk_00000000_other");

    private final MutableClock clock = new MutableClock();
    private final LastGoodKey last = new LastGoodKey(clock);

    @Test
    void key_beforeAnyWasGood_doesNotMatch() {
        assertThat(last.matches(KEY)).isFalse();
    }

    @Test
    void key_thatWasGood_matchesForAWhile() {
        last.wasGood(KEY);

        clock.advance(LastGoodKey.REMEMBERED.minusMillis(1));
        assertThat(last.matches(KEY)).isTrue();
        assertThat(last.matches(OTHER)).isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(last.matches(KEY)).isFalse();
    }

    @Test
    void key_thatIsNoneAnyMore_isForgotten() {
        last.wasGood(KEY);

        last.wasBad(KEY);

        assertThat(last.matches(KEY)).isFalse();
    }

    @Test
    void guess_thatIsBad_leavesTheGoodKeyRemembered() {
        last.wasGood(KEY);

        last.wasBad(OTHER);

        assertThat(last.matches(KEY)).isTrue();
    }
}
