package dev.gatehouse.config;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see of settings. */
class SettingsViewTest {

    private record Own(String address, Optional<String> apiKey, List<String> urls) {}

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/gate?sslpassword=canary,   jdbc:postgresql://db/gate?***",
        "jdbc:h2:file:gate;CIPHER=canary,                jdbc:h2:file:gate?***",
        "https://ann:canary@example.org/hook?a=canary,   https://***@example.org/hook?***",
        "https://canary@example.org,                     https://***@example.org",
        "https://example.org/#canary,                    https://example.org/?***",
        "https://example.org/hook,                       https://example.org/hook",
        "a sentence; with a semicolon,                   a sentence; with a semicolon"
    })
    void url_isShownWithoutUserAndParameters(String written, String shown) {
        assertThat(SettingsView.of(new Own(written, Optional.empty(), List.of(written))))
                .containsEntry("address", shown)
                .containsEntry("urls", List.of(shown));
    }

    @Test
    void text_thatSoundsLikeASecret_isMasked() {
        assertThat(SettingsView.of(new Own("", Optional.of("canary"), List.of())))
                .containsEntry("api-key", "***");
    }
}
