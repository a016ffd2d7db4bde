package dev.gatehouse.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalSpikeTest {

    private Instant now = Instant.parse("2027-03-01T10:00:00Z");
    private final RefusalSpike spike = new RefusalSpike(((InstantSource) this::now).withZone(ZoneOffset.UTC));

    @Test
    void hundredthRefusalOfAMinute_isSaidOnce() {
        assertThat(refused(99)).isEmpty();

        assertThat(spike.refused()).contains(100);
        assertThat(refused(500)).isEmpty();
    }

    @Test
    void refusals_spreadOverMinutes_areNoSpike() {
        assertThat(refused(99)).isEmpty();
        now = now.plusSeconds(60);

        assertThat(refused(99)).isEmpty();
    }

    @Test
    void spike_afterTenQuietMinutes_isSaidAgain() {
        assertThat(refused(100)).contains(100);
        now = now.plusSeconds(9 * 60);
        assertThat(refused(200)).isEmpty();
        now = now.plusSeconds(60);

        assertThat(refused(100)).contains(100);
    }

    private Instant now() {
        return now;
    }

    private Optional<Integer> refused(int times) {
        Optional<Integer> last = Optional.empty();
        for (int i = 0; i < times; i++) {
            last = spike.refused();
        }
        return last;
    }
}
