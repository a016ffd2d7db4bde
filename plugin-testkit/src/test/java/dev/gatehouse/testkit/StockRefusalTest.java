package dev.gatehouse.testkit;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StockRefusalTest {

    @Test
    void all_resource_isReadWhole() {
        assertThat(StockRefusal.all())
                .hasSize(33)
                .allSatisfy(refusal -> assertThat(refusal.code()).isNotBlank());
    }

    @Test
    void of_knownRow_hasDetailsInOrderWithoutCode() {
        StockRefusal refusal = StockRefusal.of("R31", "");

        assertThat(refusal.code()).isEqualTo("AUTH_TOKEN_MISSING");
        assertThat(refusal.details().toString())
                .isEqualTo("{authReason=token_missing, canRetryWithDeviceToken=false,"
                        + " recommendedNextStep=update_auth_configuration}");
    }

    @Test
    void of_unknownRow_isRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> StockRefusal.of("R99", ""));
    }

    @Test
    void differencesFrom_otherReason_namesEachDifference() {
        VetoReason reason = VetoReason.of("DEVICE_IDENTITY_REQUIRED", Effect.IDENTIFY, "who are you");

        assertThat(StockRefusal.of("R21", "").differencesFrom(reason))
                .containsExactly("R21 message: expected 'device identity required', was 'who are you'");
        assertThat(StockRefusal.of("R21", "").differencesFrom(reason.withDetail("a", 1)))
                .hasSize(2);
    }
}
