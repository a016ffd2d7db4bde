package dev.gatehouse.handshake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Locality;
import dev.gatehouse.spi.UpgradeContext.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class UpgradeFactsTest {

    private static final NetworkSettings NO_PROXY = new NetworkSettings(List.of(), false);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost:18789, 127.0.0.1",
        "127.9.9.9, 127.0.0.1, 127.9.9.9",
        "::1, [::1]:18789, 0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1, localhost, 0:0:0:0:0:0:0:1",
        "[::1], localhost, 0:0:0:0:0:0:0:1",
        "[0:0:0:0:0:0:0:1%0], localhost, 0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1, localhost, 127.0.0.1"
    })
    void client_onLoopbackByPeerAndHost_isLocal(String peer, String host, String address) {
        Locality locality =
                facts(NO_PROXY, new UpgradeRequest().from(peer).withHost(host)).locality();

        assertThat(locality)
                .isEqualTo(new Locality(true, "peer address " + address + " and host are loopback, no proxy header"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "10.0.0.1", "0.0.0.0", "::2", "::ffff:10.0.0.1", "fe80::1%eth0", "::"})
    void client_fromElsewhere_isNotLocal(String peer) {
        Locality locality = facts(NO_PROXY, new UpgradeRequest().from(peer)).locality();

        assertThat(locality.isLocal()).isFalse();
        assertThat(locality.evidence()).startsWith("peer address ").endsWith(" is not loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Real-IP",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-FORWARDED-ANYTHING",
                "Tailscale-User-Login",
                "Tailscale-Funnel-Request"
            })
    void client_withAProxyHeader_isNotLocal(String header) {
        Locality locality =
                facts(NO_PROXY, new UpgradeRequest().with(header, "127.0.0.1")).locality();

        assertThat(locality.isLocal()).isFalse();
        assertThat(locality.evidence())
                .contains("'" + header.toLowerCase(Locale.ROOT) + "'")
                .endsWith("list 127.0.0.1 in network.trusted-proxies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.example", "localhost.evil.example:18789", "10.0.0.1"})
    void client_thatAskedForAForeignHost_isNotLocal(String host) {
        Locality locality = facts(NO_PROXY, new UpgradeRequest().withHost(host)).locality();

        assertThat(locality)
                .isEqualTo(new Locality(false, "host '" + host + "' is not a name of this machine's loopback"));
    }

    @Test
    void client_withoutAHost_isNotLocal() {
        UpgradeContext facts = facts(NO_PROXY, new UpgradeRequest().without("Host"));

        assertThat(facts.host()).isEmpty();
        assertThat(facts.isLocal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "127.0.0.0/8, ::ffff:127.0.0.1", "::1, [::1]"})
    void client_throughATrustedProxyOnLoopback_isNotLocal(String range, String peer) {
        Locality locality = facts(new NetworkSettings(List.of(range), false), new UpgradeRequest().from(peer))
                .locality();

        assertThat(locality.isLocal()).isFalse();
        assertThat(locality.evidence()).endsWith(" is a trusted proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "localhost", "peer.example", "unix:/run/proxy.sock", "127.1"})
    void upgrade_fromAPeerWithoutAnAddress_isNotRead(String peer) {
        assertThatIllegalStateException()
                .isThrownBy(() -> facts(NO_PROXY, new UpgradeRequest().from(peer)))
                .withMessage("the container names no peer address");
    }

    @Test
    void upgrade_fromNoPeer_isNotRead() {
        assertThatIllegalStateException()
                .isThrownBy(() -> facts(NO_PROXY, new UpgradeRequest().fromNowhere()))
                .withMessage("the container names no peer address");
    }

    @Test
    void transport_ofTlsThatEndsHere_isTls() {
        assertThat(facts(NO_PROXY, new UpgradeRequest().overTls()).transport()).isEqualTo(Transport.TLS);
        assertThat(facts(NO_PROXY, new UpgradeRequest()).transport()).isEqualTo(Transport.PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.5, true, TLS_AT_PROXY", "10.0.0.5, false, PLAIN", "10.0.0.6, true, PLAIN"})
    void transport_throughAProxy_isTlsOnlyWhenTheOperatorSaysSo(String peer, boolean declared, Transport transport) {
        UpgradeContext facts =
                facts(new NetworkSettings(List.of("10.0.0.5"), declared), new UpgradeRequest().from(peer));

        assertThat(facts.transport()).isEqualTo(transport);
    }

    @Test
    void forwardedHeaders_areNeverBelieved() {
        UpgradeRequest request = new UpgradeRequest()
                .from("10.0.0.5")
                .withHost("gateway.example")
                .with("X-Forwarded-For", "127.0.0.1")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "localhost")
                .with("Forwarded", "for=127.0.0.1;proto=https;host=localhost");

        for (NetworkSettings network : List.of(NO_PROXY, new NetworkSettings(List.of("10.0.0.5"), false))) {
            UpgradeContext facts = facts(network, request);

            assertThat(facts.peer().getHostAddress()).isEqualTo("10.0.0.5");
            assertThat(facts.host()).contains("gateway.example");
            assertThat(facts.transport()).isEqualTo(Transport.PLAIN);
            assertThat(facts.isLocal()).isFalse();
        }
    }

    @Test
    void headers_areNamedInLowerCase_withEveryValueInOrder() {
        UpgradeContext facts = facts(
                NO_PROXY,
                new UpgradeRequest()
                        .with("Origin", "https://gateway.example")
                        .with("X-Many", "one")
                        .with("x-many", "two, three"));

        assertThat(facts.headers())
                .containsOnlyKeys("host", "upgrade", "origin", "x-many")
                .containsEntry("x-many", List.of("one", "two, three"));
        assertThat(facts.origin()).contains("https://gateway.example");
        assertThat(facts.path()).isEqualTo("/ws");
    }

    @Test
    void subprotocols_areSplit_overLinesAndCommas() {
        UpgradeContext facts = facts(
                NO_PROXY,
                new UpgradeRequest()
                        .with("Sec-WebSocket-Protocol", "one, two")
                        .with("Sec-WebSocket-Protocol", ",three , "));

        assertThat(facts.subprotocols()).containsExactly("one", "two", "three");
    }

    @Test
    void upgrade_withoutOptionalFacts_hasNone() {
        UpgradeContext facts = facts(NO_PROXY, new UpgradeRequest());

        assertThat(facts.origin()).isEqualTo(Optional.empty());
        assertThat(facts.subprotocols()).isEmpty();
        assertThat(facts.clientCertificates()).isEmpty();
    }

    @Test
    void connections_haveIdsOfTheirOwn() {
        assertThat(facts(NO_PROXY, new UpgradeRequest()).connectionId())
                .isNotEqualTo(facts(NO_PROXY, new UpgradeRequest()).connectionId());
    }

    private static UpgradeContext facts(NetworkSettings network, UpgradeRequest upgrade) {
        return new UpgradeFacts(network).of(upgrade.request());
    }
}
