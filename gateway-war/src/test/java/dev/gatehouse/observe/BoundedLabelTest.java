package dev.gatehouse.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedLabelTest {

    private final BoundedLabel label = new BoundedLabel(Set.of("KNOWN"), 3);

    @Test
    void values_beyondTheBound_areAllOther() {
        assertThat(IntStream.range(0, 5).mapToObj(i -> label.of("CODE_" + i)))
                .containsExactly("CODE_0", "CODE_1", "CODE_2", "other", "other");
    }

    @Test
    void values_thatCameInTime_stayWhatTheyAre() {
        IntStream.range(0, 5).forEach(i -> label.of("CODE_" + i));

        assertThat(label.of("CODE_0")).isEqualTo("CODE_0");
        assertThat(label.of("KNOWN")).isEqualTo("KNOWN");
    }

    @Test
    void value_thatIsVeryLong_isOtherAndTakesNoRoom() {
        assertThat(label.of("X".repeat(65))).isEqualTo("other");
        assertThat(IntStream.range(0, 3).mapToObj(i -> label.of("CODE_" + i))).doesNotContain("other");
    }

    @Test
    void values_ofManyThreads_areNoMoreThanTheBound() {
        Set<String> told = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 10_000).parallel().forEach(i -> told.add(label.of("CODE_" + i % 500)));

        assertThat(told).hasSize(4).contains("other");
    }
}
