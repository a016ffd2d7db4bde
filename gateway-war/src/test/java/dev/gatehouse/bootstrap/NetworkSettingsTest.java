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

    private static final NetworkSettings ALL_SET =
            new NetworkSettings(List.of("10.0.0.5", "fd00::/8"), true, true, true, List.of("172.17.0.1"));

    @Test
    void settings_withNothingWritten_trustNobody() {
        assertThat(bind(Map.of()).settings()).contains(NetworkSettings.DIRECT);
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        Map<String, Object> written = Map.of(
                "trusted-proxies",
                List.of("10.0.0.5", "fd00::/8"),
                "trusted-proxies-terminate-tls",
                true,
                "real-ip-fallback",
                true,
                "insecure-ignore-untrusted-proxy-headers",
                true,
                "insecure-local-networks",
                List.of("172.17.0.1"));

        assertThat(bind(written)).isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @Test
    void settings_fromTheEnvironment_haveWhatItSays() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_NETWORK_TRUSTED_PROXIES",
                "10.0.0.5,fd00::/8",
                "GATEHOUSE_NETWORK_TRUSTED_PROXIES_TERMINATE_TLS",
                "true",
                "GATEHOUSE_NETWORK_REAL_IP_FALLBACK",
                "true",
                "GATEHOUSE_NETWORK_INSECURE_IGNORE_UNTRUSTED_PROXY_HEADERS",
                "true",
                "GATEHOUSE_NETWORK_INSECURE_LOCAL_NETWORKS",
                "172.17.0.1");

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
    void localNetwork_thatIsNone_isRejected() {
        assertThat(bind(Map.of("insecure-local-networks", List.of("docker0"))).problems())
                .containsExactly("network.insecure-local-networks: 'docker0' is neither an IP address nor a network;"
                        + " write 10.0.0.1 or 10.0.0.0/8");
    }

    @Test
    void everyInsecureOption_isWarnedOf() {
        assertThat(NetworkSettings.DIRECT.warnings()).isEmpty();
        assertThat(ALL_SET.warnings())
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("network.insecure-ignore-untrusted-proxy-headers is on: "),
                        warning -> assertThat(warning)
                                .startsWith("network.insecure-local-networks is set: ")
                                .contains("[172.17.0.1]"));
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
