package dev.gatehouse.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReasonTextTest {

    @Test
    void shortText_isKept() {
        assertThat(ReasonText.cut("a".repeat(120))).hasSize(120);
    }

    @Test
    void longText_isCut_to120Bytes() {
        assertThat(ReasonText.cut("a".repeat(121))).isEqualTo("a".repeat(120));
    }

    @Test
    void codePoint_isNeverCutApart() {
        for (String letter : new String[] {"a", "\u00e4", "\u20ac", "\ud83d\ude80"}) {
            for (int lead = 0; lead < 5; lead++) {
                String cut = ReasonText.cut("x".repeat(lead) + letter.repeat(121));

                assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(117, 120);
                assertThat(PlainText.isPlain(cut)).isTrue();
            }
        }
    }

    @Test
    void emptyText_isReplaced() {
        assertThat(ReasonText.cut("")).isEqualTo("invalid handshake");
    }
}
