package dev.gatehouse.bootstrap;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PacedTest {

    private final AtomicLong now = new AtomicLong(-7);
    private final AtomicLong done = new AtomicLong();

    @Test
    void chore_thatTakesNoTime_isDoneEachTime() {
        Paced paced = new Paced(done::incrementAndGet, now::get);

        paced.run();
        paced.run();

        assertThat(done).hasValue(2);
    }

    @Test
    void chore_thatTakesTime_restsAHundredTimesAsLong() {
        Paced paced = new Paced(this::takeThree, now::get);
        paced.run();

        now.addAndGet(299);
        paced.run();
        assertThat(done).hasValue(1);

        now.addAndGet(1);
        paced.run();
        assertThat(done).hasValue(2);
    }

    @Test
    void chore_thatFails_restsAsWell() {
        Paced paced = new Paced(
                () -> {
                    takeThree();
                    throw new IllegalStateException("not now");
                },
                now::get);
        assertThatThrownBy(paced::run).hasMessage("not now");

        paced.run();

        assertThat(done).hasValue(1);
    }

    private void takeThree() {
        done.incrementAndGet();
        now.addAndGet(3);
    }
}
