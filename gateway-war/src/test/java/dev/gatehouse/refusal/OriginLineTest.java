package dev.gatehouse.refusal;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OriginLineTest {

    @Test
    void line_keepsWhatIsAllowed_andAllowsWhatCame() {
        assertThat(OriginLine.allowing(
                        List.of("https://*.ui.example"),
                        List.of("http://dev.example:5173", "HTTPS://New.Example:443/")))
                .contains("allowed-origins: [\"https://*.ui.example\", \"http://dev.example:5173\","
                        + " \"https://new.example\"]");
    }

    @Test
    void line_thatWouldAllowNothingNew_isNone() {
        assertThat(OriginLine.allowing(List.of("https://*.ui.example"), List.of("https://a.ui.example")))
                .isEmpty();
    }

    @Test
    void whatIsNoOriginOfAPage_isNotInTheLine() {
        assertThat(OriginLine.allowing(
                        List.of(),
                        List.of("null", "https://a\"]}\nx: y", "https://*.evil.example", "*", "https://a.example:*")))
                .isEmpty();
    }
}
