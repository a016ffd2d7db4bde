package dev.gatehouse.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource({
        "'a\u202Eb', a<U+202E>b",
        "'a\u001B[31mb', a<U+001B>[31mb",
        "'a\nb', a<U+000A>b",
        "'a\u2028b', a<U+2028>b",
        "'a\u200Bb', a<U+200B>b",
        "'a\uD800b', a<U+D800>b",
        "'a\uDB40\uDC41b', a<U+E0041>b"
    })
    void text_thatCannotBeSeen_becomesItsNumber(String sent, String shown) {
        assertThat(VisibleText.of(sent)).isEqualTo(shown);
    }

    @Test
    void text_thatCanBeSeen_stays() {
        String text = "Ada's l\u00E4ptop \uD83D\uDC69\u200D\uD83D\uDCBB \u05E9\u05DC\u05D5\u05DD";

        assertThat(VisibleText.of(text)).isEqualTo(text);
    }

    @Test
    void html_ofATag_isText() {
        assertThat(VisibleText.html("<img src=\"x\" onerror='a'>&"))
                .isEqualTo("&lt;img src=&quot;x&quot; onerror=&#39;a&#39;&gt;&amp;");
    }

    @Test
    void cut_insideACharacterOfFourBytes_leavesItOut() {
        assertThat(VisibleText.cut("ab\uD83D\uDC69\uD83D\uDC69\uD83D\uDC69", 6)).isEqualTo("ab...");
    }
}
