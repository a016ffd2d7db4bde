package dev.gatehouse.handshake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Hop;
import dev.gatehouse.spi.UpgradeContext.Locality;
import dev.gatehouse.spi.UpgradeContext.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class UpgradeFactsTest {

    private static final NetworkSettings NO_PROXY = NetworkSettings.DIRECT;

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
    void client_withAProxyHeader_isRefusedOrAtLeastNotLocal(String header) {
        UpgradeRequest request = new UpgradeRequest().with(header, "127.0.0.1");
        NetworkSettings ignoring = new NetworkSettings(List.of(), false, false, true, List.of());

        Arrival refused = new UpgradeFacts(NO_PROXY).of(request.request());
        Arrival ignored = new UpgradeFacts(ignoring).of(request.request());

        assertThat(refused.refused()).hasValueSatisfying(why -> {
            assertThat(why.reason()).contains("'" + header.toLowerCase(Locale.ROOT) + "'", "127.0.0.1");
            assertThat(why.fix()).isEqualTo("network: {trusted-proxies: [\"127.0.0.1\"]}");
        });
        assertThat(refused.facts().isLocal()).isFalse();
        assertThat(ignored.refused()).isEmpty();
        assertThat(ignored.facts().isLocal()).isFalse();
        assertThat(ignored.facts().transport()).isEqualTo(Transport.PLAIN);
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

    /** Somebody behind a proxy that forgot its headers would come like this. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "127.0.0.0/8, ::ffff:127.0.0.1", "::1, [::1]"})
    void client_throughASilentProxyOnLoopback_isNotLocal(String range, String peer) {
        UpgradeContext facts = facts(trusting(range), new UpgradeRequest().from(peer));

        assertThat(facts.isLocal()).isFalse();
        assertThat(facts.transport()).isEqualTo(Transport.PLAIN);
        assertThat(facts.locality().evidence()).endsWith(" is a trusted proxy that names no client");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:18789, true",
        "https://127.0.0.1, true",
        "http://[::1]:5173, true",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop, true",
        "https://evil.example, false",
        "https://localhost.evil.example, false",
        "https://localhost@evil.example, false",
        "http://10.0.0.1, false",
        "null, false",
        "file://, false",
        "'', false"
    })
    void client_onLoopback_isLocalForPagesOfThisMachineAlone(String origin, boolean isLocal) {
        UpgradeContext facts = facts(NO_PROXY, new UpgradeRequest().with("Origin", origin));

        assertThat(facts.isLocal()).isEqualTo(isLocal);
        assertThat(facts.transport()).as("nobody on the network read it").isEqualTo(Transport.LOOPBACK);
    }

    @ParameterizedTest
    @CsvSource({
        "172.17.0.1, localhost:18789, http://localhost:18789, true",
        "172.17.0.2, localhost:18789, http://localhost:18789, false",
        "172.17.0.1, gateway.example, http://localhost:18789, false",
        "172.17.0.1, localhost:18789, https://evil.example, false"
    })
    void client_fromALocalNetwork_isLocalByTheSameRulesAsOnLoopback(
            String peer, String host, String origin, boolean isLocal) {
        NetworkSettings network = new NetworkSettings(List.of(), false, false, false, List.of("172.17.0.1"));

        UpgradeContext facts =
                facts(network, new UpgradeRequest().from(peer).withHost(host).with("Origin", origin));

        assertThat(facts.isLocal()).isEqualTo(isLocal);
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
    void transport_ofAPeerThatIsTheClient_isWhatTheServerSpeaks() {
        assertThat(facts(NO_PROXY, new UpgradeRequest().overTls()).transport()).isEqualTo(Transport.TLS);
        assertThat(facts(NO_PROXY, new UpgradeRequest()).transport()).isEqualTo(Transport.LOOPBACK);
        assertThat(facts(NO_PROXY, new UpgradeRequest().from("10.0.0.9")).transport())
                .isEqualTo(Transport.PLAIN);
        assertThat(facts(NO_PROXY, new UpgradeRequest().withHost("gateway.example"))
                        .transport())
                .isEqualTo(Transport.PLAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "true,, TLS_AT_PROXY",
        "false,, PLAIN",
        "true, http, PLAIN",
        "false, https, TLS_AT_PROXY",
        "false, WSS, TLS_AT_PROXY"
    })
    void transport_throughAProxy_isWhatItSays_orElseWhatTheOperatorDeclares(
            boolean declared, String proto, Transport transport) {
        UpgradeRequest request = new UpgradeRequest().from("10.0.0.5").with("X-Forwarded-For", "203.0.113.9");
        if (proto != null) {
            request.with("X-Forwarded-Proto", proto);
        }

        assertThat(facts(trusting("10.0.0.5", declared), request).transport()).isEqualTo(transport);
        assertThat(facts(trusting("10.0.0.5", declared), request.overTls()).transport())
                .as("TLS between proxy and gateway says nothing about the client")
                .isEqualTo(transport);
    }

    @Test
    void factsThroughAProxy_areThoseOfTheClient() {
        UpgradeContext facts = facts(
                trusting("10.0.0.5"),
                new UpgradeRequest()
                        .from("10.0.0.5")
                        .withHost("upstream:8080")
                        .with("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
                        .with("X-Forwarded-Host", "Gateway.example"));

        assertThat(facts.peer().getHostAddress()).isEqualTo("10.0.0.5");
        assertThat(facts.address().getHostAddress()).isEqualTo("203.0.113.9");
        assertThat(facts.host()).contains("gateway.example");
        assertThat(facts.isLocal()).isFalse();
        assertThat(facts.locality().evidence())
                .isEqualTo("client address 203.0.113.9 is named by trusted proxy 10.0.0.5 in x-forwarded-for");
        assertThat(facts.hops()).extracting(Hop::address).containsExactly("198.51.100.1", "203.0.113.9", "10.0.0.5");
        assertThat(facts.hops()).extracting(Hop::trusted).containsExactly(false, true, true);
    }

    /** A client that could cap scopes could as well have asked for less; one that could raise them must not. */
    @Test
    void controlHeaders_areBelievedFromTrustedProxiesAlone() {
        UpgradeRequest request = new UpgradeRequest()
                .from("10.0.0.5")
                .with("X-Forwarded-For", "203.0.113.9")
                .with("X-OpenClaw-Scopes", "operator.read");
        NetworkSettings ignoring = new NetworkSettings(List.of(), false, false, true, List.of());

        assertThat(facts(trusting("10.0.0.5"), request).header("x-openclaw-scopes"))
                .contains("operator.read");
        assertThat(facts(ignoring, request).header("x-openclaw-scopes")).isEmpty();
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
        return new UpgradeFacts(network).of(upgrade.request()).facts();
    }

    private static NetworkSettings trusting(String proxy) {
        return trusting(proxy, false);
    }

    private static NetworkSettings trusting(String proxy, boolean terminatesTls) {
        return new NetworkSettings(List.of(proxy), terminatesTls, false, false, List.of());
    }
}
