package dev.gatehouse.admission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlainVerdictTest {

    private static final VetoReason REASON = VetoReason.of("NOT_TODAY", VetoReason.Effect.IDENTIFY, "not like this");

    @Test
    void details_ofPlainValues_stayAsTheyAre() {
        Map<String, Object> details = plain(REASON.withDetail("text", "x")
                .withDetail("number", 7)
                .withDetail("flag", true)
                .withDetail("list", List.of("a", 1.5))
                .withDetail("map", Map.of("k", List.of("v"))));

        assertThat(details)
                .containsEntry("text", "x")
                .containsEntry("number", 7)
                .containsEntry("flag", true)
                .containsEntry("list", List.of("a", 1.5))
                .containsEntry("map", Map.of("k", List.of("v")));
    }

    @Test
    void details_ofAPluginsOwnClasses_becomeTexts() {
        assertThat(plain(REASON.withDetail("own", new Own()).withDetail("list", List.of(new Own()))))
                .containsEntry("own", "own thing")
                .containsEntry("list", List.of("own thing"));
    }

    @Test
    void details_thatChangeLater_changeNothing() {
        List<Object> items = new ArrayList<>(List.of("a"));
        Map<String, Object> details = plain(REASON.withDetail("list", items));

        items.add("b");

        assertThat(details).containsEntry("list", List.of("a"));
    }

    @Test
    void details_thatContainThemselves_areCutOff() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThat(plain(REASON.withDetail("endless", endless)))
                .containsEntry("endless", List.of(List.of(List.of("..."))));
    }

    @Test
    void details_withoutMeasure_areCutOff() {
        Map<String, Object> details = plain(
                REASON.withDetail("text", "x".repeat(1_000_000)).withDetail("list", Collections.nCopies(1_000_000, 1)));

        assertThat((String) details.get("text")).hasSizeLessThan(5000);
        assertThat((List<?>) details.get("list")).hasSizeLessThan(300);
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void verdict_withoutItsReason_isNone() {
        assertThatThrownBy(() -> PlainVerdict.of(new Verdict.Veto(null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> PlainVerdict.of(new Verdict.Identified(null, null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> PlainVerdict.of(new Verdict.Pass(null))).isInstanceOf(NullPointerException.class);
    }

    private static Map<String, Object> plain(VetoReason reason) {
        return ((Verdict.Veto) PlainVerdict.of(Verdict.veto(reason))).reason().details();
    }

    private static final class Own {
        @Override
        public String toString() {
            return "own thing";
        }
    }
}
