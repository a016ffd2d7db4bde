package dev.gatehouse.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.handshake.NetworkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkSettingsTest {

    private static final NetworkSettings ALL_SET = new NetworkSettings(List.of("10.0.0.5", "fd00::/8"), true);

    @Test
    void settings_withNothingWritten_trustNobody() {
        assertThat(bind(Map.of()).settings()).contains(new NetworkSettings(List.of(), false));
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        Map<String, Object> written =
                Map.of("trusted-proxies", List.of("10.0.0.5", "fd00::/8"), "trusted-proxies-terminate-tls", true);

        assertThat(bind(written)).isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @Test
    void settings_fromTheEnvironment_haveWhatItSays() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_NETWORK_TRUSTED_PROXIES",
                "10.0.0.5,fd00::/8",
                "GATEHOUSE_NETWORK_TRUSTED_PROXIES_TERMINATE_TLS",
                "true");

        assertThat(Binding.ofEnvironment(NetworkSettings.class, "network", environment))
                .isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10/8", "*"})
    void proxy_thatIsNoAddress_isRejected(String proxy) {
        Binding<NetworkSettings> binding = bind(Map.of("trusted-proxies", List.of("10.0.0.5", proxy)));

        assertThat(binding.settings()).isEmpty();
        assertThat(binding.problems())
                .containsExactly("network.trusted-proxies: '" + proxy
                        + "' is neither an IP address nor a network; write 10.0.0.1 or 10.0.0.0/8");
    }

    @Test
    void declaration_thatIsNoBoolean_isRejected() {
        assertThat(bind(Map.of("trusted-proxies-terminate-tls", "yes")).problems())
                .containsExactly("network.trusted-proxies-terminate-tls: 'yes' is neither true nor false");
    }

    private static Binding<NetworkSettings> bind(Map<String, Object> written) {
        return Binding.of(NetworkSettings.class, "network", written);
    }
}
