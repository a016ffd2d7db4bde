package dev.gatehouse.config;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsViewTest {

    private record Receiver(String url, List<String> mirrors, String password, String name) {}

    @Test
    void settings_areShownWithoutWhatMayBeASecret() {
        Receiver settings = new Receiver(
                "https://a.example/hook?key=hidden&more=hidden", List.of("https://b.example/"), "hidden", "what?");

        assertThat(SettingsView.of(settings))
                .containsEntry("url", "https://a.example/hook?***")
                .containsEntry("mirrors", List.of("https://b.example/"))
                .containsEntry("password", "***")
                .containsEntry("name", "what?");
    }
}
