package dev.gatehouse.device;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GatewayUrlTest {

    @ParameterizedTest
    @CsvSource({
        "wss://Gateway.Example/, wss://gateway.example",
        "https://gateway.example:443/gate/, wss://gateway.example/gate",
        "http://127.0.0.1:80, ws://127.0.0.1",
        "ws://[::1]:18789, ws://[::1]:18789"
    })
    void parse_whatClientsUse_takesTheirForm(String text, String expected) {
        assertThat(GatewayUrl.parse(text)).contains(new GatewayUrl(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gateway.example",
                "ftp://gateway.example",
                "wss://user@gateway.example",
                "wss://gateway.example?token=x",
                "wss://gateway.example#x",
                "wss://gateway.example:65536",
                "wss://gate_way.example",
                "wss://gateway.example/a b",
                "wss://gateway.example/\"x",
                "wss://gateway.example/%22",
                "wss:gateway.example"
            })
    void parse_anythingElse_isEmpty(String text) {
        assertThat(GatewayUrl.parse(text)).isEmpty();
    }

    @Test
    void parse_tooLong_isEmpty() {
        assertThat(GatewayUrl.parse("wss://gateway.example/" + "a".repeat(500))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wss://gateway.example, true, true",
        "ws://localhost:18789, true, true",
        "ws://127.8.8.8, true, true",
        "ws://[::1], true, true",
        "ws://192.168.1.5, false, true",
        "ws://10.0.0.1, false, true",
        "ws://169.254.1.1, false, true",
        "ws://[fd00::1], false, true",
        "ws://box.local, false, true",
        "ws://gateway.example, false, false",
        "ws://localhost.example, false, false",
        "ws://203.0.113.9, false, false",
        "ws://100.64.0.1, false, false"
    })
    void url_overPlainText_isUsableNearby(String url, boolean secure, boolean usable) {
        assertThat(new GatewayUrl(url).isSecure()).isEqualTo(secure);
        assertThat(new GatewayUrl(url).isUsable()).isEqualTo(usable);
    }

    @Test
    void settings_outOfBounds_areRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofSeconds(59), 1, Optional.empty(), Optional.empty()))
                .withMessageStartingWith("ttl must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(25), 1, Optional.empty(), Optional.empty()))
                .withMessageStartingWith("ttl must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(1), 0, Optional.empty(), Optional.empty()))
                .withMessageStartingWith("open-max must be");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings(Duration.ofHours(1), 1, Optional.of("ws://gateway.example"), Optional.empty()))
                .withMessageStartingWith("gateway-url must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(1), 1, Optional.empty(), Optional.of("ui")))
                .withMessageStartingWith("dashboard-url must be");
    }

    private static InvitationSettings settings(
            Duration ttl, int openMax, Optional<String> gateway, Optional<String> dashboard) {
        return new InvitationSettings(ttl, openMax, gateway, dashboard);
    }
}
