package dev.gatehouse.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IncomingTextTest {

    private static final long LIMIT = 10;

    private final IncomingText incoming = new IncomingText();

    @Test
    void message_inOnePart_isWhole() {
        assertThat(add("whole", true)).isEqualTo("whole");
    }

    @Test
    void message_inParts_isWholeWithItsLast() {
        assertThat(add("o", false)).isEqualTo("incomplete");
        assertThat(add("n", false)).isEqualTo("incomplete");
        assertThat(add("e", true)).isEqualTo("one");
    }

    @Test
    void message_whoseLastPartIsEmpty_isWhole() {
        add("one", false);

        assertThat(add("", true)).isEqualTo("one");
    }

    @Test
    void nextMessage_startsAnew_withAllOfItsLimit() {
        add("12345", false);
        add("67890", true);

        assertThat(add("abcdefghij", true)).isEqualTo("abcdefghij");
        assertThat(incoming.isTooLarge()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1234567890, false",
        "12345678901, true",
        "€€€, false",
        "€€€1, false",
        "€€€€, true",
        "😀😀12, false",
        "😀😀😀, true"
    })
    void limit_countsBytesAndNotCharacters(String text, boolean isTooLarge) {
        add(text, true);

        assertThat(incoming.isTooLarge()).isEqualTo(isTooLarge);
    }

    @Test
    void limit_countsAllPartsTogether() {
        add("€€", false);

        assertThat(add("€€", true)).isEqualTo("incomplete");
        assertThat(incoming.isTooLarge()).isTrue();
    }

    @Test
    void message_thatIsTooLargeBeforeItsEnd_isKnownAtOnce() {
        add("12345678901", false);

        assertThat(incoming.isTooLarge()).isTrue();
    }

    @Test
    void afterAMessageThatIsTooLarge_nothingIsTaken() {
        add("12345678901", false);

        assertThat(add("rest", true)).isEqualTo("incomplete");
        assertThat(add("next", true)).isEqualTo("incomplete");
        assertThat(incoming.isTooLarge()).isTrue();
    }

    @Test
    void limit_thatGrowsDuringAMessage_countsAtOnce() {
        incoming.add("1234567890", 10, false, LIMIT);

        assertThat(incoming.add("1", 1, true, LIMIT + 1)).contains("12345678901");
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "é, 2", "€, 3", "😀, 4", "'', 0", "a😀é, 7"})
    void sizes_areThoseOfUtf8(String text, long bytes) {
        assertThat(Utf8.length(text)).isEqualTo(bytes);
    }

    @Test
    void unpairedSurrogate_hasTheSizeOfItsReplacement() {
        assertThat(Utf8.length("\uD83D")).isEqualTo(3);
        assertThat(Utf8.length("\uDE00a")).isEqualTo(4);
    }

    private String add(String part, boolean last) {
        return incoming.add(part, Utf8.length(part), last, LIMIT).orElse("incomplete");
    }
}
