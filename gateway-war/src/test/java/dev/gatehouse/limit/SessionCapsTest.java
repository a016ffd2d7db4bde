package dev.gatehouse.limit;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCapsTest {

    private final SessionCaps caps = new SessionCaps(() -> new LimitSettings(32, 1000, 2, 3, 1000));

    @Test
    void device_withAsManyAsItMayHave_waits_andOthersComeIn() {
        assertThat(caps.enter("c1", Optional.of("device"))).isEmpty();
        assertThat(caps.enter("c2", Optional.of("device"))).isEmpty();

        assertThat(caps.enter("c3", Optional.of("device")))
                .get()
                .extracting(VetoReason::message)
                .isEqualTo("too many sessions of this device");
        assertThat(caps.enter("c4", Optional.of("another"))).isEmpty();
    }

    @Test
    void everybody_waits_whenThereAreAsManyAsThereMayBe() {
        caps.enter("c1", Optional.empty());
        caps.enter("c2", Optional.empty());
        caps.enter("c3", Optional.empty());

        assertThat(caps.enter("c4", Optional.empty()))
                .get()
                .extracting(VetoReason::message)
                .isEqualTo("too many sessions on this gateway");
    }

    @Test
    void place_thatIsGivenBackTwice_isFreeOnce() {
        caps.enter("c1", Optional.of("device"));
        caps.enter("c2", Optional.of("device"));
        caps.leave("c1");
        caps.leave("c1");

        assertThat(caps.enter("c3", Optional.of("device"))).isEmpty();
        assertThat(caps.enter("c4", Optional.of("device"))).isPresent();
    }

    @Test
    void client_thatMustWait_isToldInAWayThatNoStockClientStopsOn() {
        caps.enter("c1", Optional.of("device"));
        caps.enter("c2", Optional.of("device"));

        Refusal told = Refusal.of(caps.enter("c3", Optional.of("device")).orElseThrow());

        assertThat(told.error().code()).isEqualTo("UNAVAILABLE");
        assertThat(told.error().details()).containsEntry("code", "TOO_MANY_SESSIONS");
        assertThat(told.error().retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(told.closeCode()).isEqualTo(1008);
    }
}
