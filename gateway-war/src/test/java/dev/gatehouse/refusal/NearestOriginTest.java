package dev.gatehouse.refusal;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearestOriginTest {

    private static final List<String> CONFIGURED =
            List.of("https://gateway.example:8443", "https://ui.example", "http://other.test:3000");

    @ParameterizedTest
    @CsvSource({
        "https://gateway.example, https://gateway.example:8443, port missing: the configured one has 8443",
        "http://gateway.example:8443, https://gateway.example:8443, http instead of https",
        "https://gateway.example:9443, https://gateway.example:8443, port 9443 instead of 8443",
        "https://ui.example:444, https://ui.example, port 444 missing in the configured one",
        "https://gatway.example:8443, https://gateway.example:8443, host 'gatway.example' instead of 'gateway.example'",
        "https://www.ui.example, https://ui.example, host 'www.ui.example' instead of 'ui.example'",
        "http://ui.example, https://ui.example, http instead of https"
    })
    void origin_nearAConfiguredOne_namesTheDifference(String sent, String nearest, String difference) {
        assertThat(NearestOrigin.of(sent, CONFIGURED)).contains(new NearestOrigin(nearest, difference));
    }

    @ParameterizedTest
    @CsvSource({"https://evil.test", "null", "chrome-extension://aa bb", "''", "https://u\u0455.example:1"})
    void origin_nearNone_namesNone(String sent) {
        assertThat(NearestOrigin.of(sent, List.of("https://gateway.example"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.ui.example:8443, https://*.ui.example, https://a.ui.example, port 8443 missing in the configured one",
        "https://a.uu.example, https://*.ui.example, https://a.ui.example, host 'a.uu.example' instead of 'a.ui.example'",
        "https://localhost:5173, http://localhost:*, http://localhost:5173, https instead of http"
    })
    void origin_nearAWildcard_isToldWhatItMeansForThePage(
            String sent, String entry, String nearest, String difference) {
        assertThat(NearestOrigin.of(sent, List.of(entry))).contains(new NearestOrigin(nearest, difference));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.ui.example, https://*.ui.example, true",
        "https://ui.example, https://*.ui.example, false",
        "https://a.b.ui.example, https://*.ui.example, false",
        "https://a.ui.example:8443, https://*.ui.example, false",
        "https://localhost, https://*.ui.example, false",
        "http://localhost, http://localhost:*, true",
        "http://localhost:5173, http://localhost:*, true",
        "https://localhost:5173, http://localhost:*, false",
        "https://ui.example:443, https://ui.example, true"
    })
    void origin_thatAWildcardStandsFor_isAllowed(String sent, String entry, boolean isAllowed) {
        assertThat(NearestOrigin.isAllowed(sent, List.of(entry))).isEqualTo(isAllowed);
    }

    @Test
    void written_isWhatBrowsersSend() {
        assertThat(NearestOrigin.written("HTTPS://Gateway.Example:443/")).contains("https://gateway.example");
        assertThat(NearestOrigin.written("https://a\"]: x")).isEmpty();
    }
}
