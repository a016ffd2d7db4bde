package dev.gatehouse.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Turns turns = new Turns(threads::add, 3, 100);

    @Test
    void tasks_runOneAfterTheOther_inTheirOrder() {
        assertThat(offer("a", 1)).isTrue();
        assertThat(offer("b", 1)).isTrue();
        assertThat(threads).hasSize(1);

        threads.remove().run();

        assertThat(done).containsExactly("a");
        threads.remove().run();
        assertThat(done).containsExactly("a", "b");
        assertThat(threads).isEmpty();
    }

    @Test
    void task_afterAllAreDone_runsAsWell() {
        offer("a", 1);
        threads.remove().run();

        offer("b", 1);
        threads.remove().run();

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void taskTooMany_isNotTaken() {
        offer("a", 1);
        offer("b", 1);
        offer("c", 1);

        assertThat(offer("d", 1)).isFalse();
        threads.remove().run();
        assertThat(offer("e", 1)).isTrue();
    }

    @Test
    void tasks_thatAreTooLargeTogether_areNotTaken() {
        assertThat(offer("a", 500)).isTrue();
        assertThat(offer("b", 1)).isFalse();
        threads.remove().run();

        assertThat(offer("c", 60)).isTrue();
        assertThat(offer("d", 60)).isFalse();
        assertThat(offer("e", 40)).isTrue();
    }

    @Test
    void taskThatThrows_doesNotKeepOthersFromTheirTurn() {
        turns.offer(1, () -> {
            throw new IllegalStateException("a test");
        });
        offer("b", 1);

        threads.remove().run();
        threads.remove().run();

        assertThat(done).containsExactly("b");
    }

    @Test
    void forgottenTasks_doNotRun() {
        offer("a", 1);
        offer("b", 1);

        turns.forget();
        threads.remove().run();

        assertThat(done).isEmpty();
        assertThat(threads).isEmpty();
    }

    @Test
    void threadsThatTakeNothingAnyMore_areNoError() {
        Turns stopping = new Turns(
                task -> {
                    throw new RejectedExecutionException("stopped");
                },
                3,
                100);

        assertThat(stopping.offer(1, () -> done.add("a"))).isTrue();
        assertThat(done).isEmpty();
    }

    private boolean offer(String name, long size) {
        return turns.offer(size, () -> done.add(name));
    }
}
