package dev.gatehouse.forwarded;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.address.AddressLiteral;
import dev.gatehouse.address.AddressRange;
import dev.gatehouse.spi.UpgradeContext.Hop;
import dev.gatehouse.spi.UpgradeContext.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientResolverTest {

    private static final String PROXY = "10.0.0.5";

    /** The proxy, one that stands before it, and one that speaks IPv6. */
    private static final ClientResolver RESOLVER = new ClientResolver(
            List.of(AddressRange.parse(PROXY), AddressRange.parse("10.0.1.0/24"), AddressRange.parse("fd00::5")),
            false,
            false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                              | 203.0.113.9",
                "203.0.113.9:51234                        | 203.0.113.9",
                "2001:db8::7                              | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]                            | 2001:db8:0:0:0:0:0:7",
                "[2001:DB8::7]:443                        | 2001:db8:0:0:0:0:0:7",
                "fe80::1%eth0                             | fe80:0:0:0:0:0:0:1",
                "[fe80::1%eth0]:80                        | fe80:0:0:0:0:0:0:1",
                "::ffff:203.0.113.9                       | 203.0.113.9",
                "[::ffff:203.0.113.9]:443                 | 203.0.113.9",
                "192.168.1.7                              | 192.168.1.7",
                "198.51.100.1, 203.0.113.9                | 203.0.113.9",
                "127.0.0.1, 203.0.113.9                   | 203.0.113.9",
                "unknown, 203.0.113.9                     | 203.0.113.9",
                "_hidden, 203.0.113.9                     | 203.0.113.9",
                "203.0.113.9, 10.0.1.7                    | 203.0.113.9",
                "203.0.113.9, 10.0.1.7,10.0.0.5           | 203.0.113.9",
                "203.0.113.9, ::ffff:10.0.1.7, fd00::5    | 203.0.113.9",
                "10.0.1.7, 203.0.113.9, 10.0.1.8          | 203.0.113.9"
            })
    void xForwardedFor_isReadFromTheRight_toTheFirstThatIsNoTrustedProxy(String header, String client) {
        assertThat(proxied(Map.of("x-forwarded-for", List.of(header))).client().getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9                                            | 203.0.113.9",
                "For=203.0.113.9;Proto=https;By=10.0.0.5                    | 203.0.113.9",
                "for=\"203.0.113.9:51234\"                                  | 203.0.113.9",
                "for=\"203.0.113.9:_port\"                                  | 203.0.113.9",
                "for=\"[2001:db8::7]\"                                      | 2001:db8:0:0:0:0:0:7",
                "for=\"[2001:db8::7]:443\"                                  | 2001:db8:0:0:0:0:0:7",
                "for=\"[::ffff:203.0.113.9]\"                               | 203.0.113.9",
                "for=\"203.0.\\113.9\"                                      | 203.0.113.9",
                "for=unknown, for=203.0.113.9                               | 203.0.113.9",
                "for=_a.b-c, for=203.0.113.9; proto=http ,for=10.0.1.7      | 203.0.113.9",
                "for=203.0.113.9;secret=\"a,b;for=198.51.100.1\"            | 203.0.113.9",
                "for=198.51.100.1;x=1, for=203.0.113.9;host=\"h:1\"         | 203.0.113.9"
            })
    void forwarded_isReadByItsGrammar(String header, String client) {
        assertThat(proxied(Map.of("forwarded", List.of(header))).client().getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "203.0.113.9,",
                ",203.0.113.9",
                "198.51.100.1,,203.0.113.9",
                "203.0.113.9 198.51.100.1",
                "203.0.113.9;198.51.100.1",
                "203.0.113",
                "203.0.113.256",
                "0203.0.113.9",
                "3405803785",
                "0x7f.1",
                "203.0.113.9:",
                "203.0.113.9:65536",
                "203.0.113.9:+80",
                "[203.0.113.9]",
                "[2001:db8::7",
                "2001:db8::7]",
                "[2001:db8::7]443",
                "2001:db8:::7",
                "[2001:db8::7%]",
                "client.example",
                "localhost",
                "\"203.0.113.9\"",
                "for=203.0.113.9",
                "203.0.113.9\u0000",
                "203.0.113.9\u00a0",
                "unknown",
                "_hidden",
                "203.0.113.9, unknown",
                "203.0.113.9, unknown, 10.0.1.7",
                "127.0.0.1",
                "::1",
                "::ffff:127.0.0.1",
                "203.0.113.9, 127.0.0.1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1",
                "10.0.0.5",
                "10.0.1.1, 10.0.1.2"
            })
    void xForwardedFor_thatNamesNoClient_isRefused(String header) {
        assertThat(of(PROXY, Map.of("x-forwarded-for", List.of(header)))).isInstanceOf(Attribution.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "for",
                "for=",
                "=203.0.113.9",
                "for=203.0.113.9,",
                "for=203.0.113.9;",
                ";for=203.0.113.9",
                "for=203.0.113.9;;proto=http",
                "for =203.0.113.9",
                "for= 203.0.113.9",
                "for=203.0.113.9:80",
                "for=[2001:db8::7]",
                "for=2001:db8::7",
                "for=\"2001:db8::7\"",
                "for=\"203.0.113.9",
                "for=\"203.0.113.9\"x",
                "for=\"203.0.113.9\\",
                "for=\"203.0.113.9\u0007\"",
                "for=203.0.113.9;for=198.51.100.1",
                "for=203.0.113.9;FOR=203.0.113.9",
                "for=203.0.113.9;proto=ftp",
                "for=203.0.113.9;host=\"user@h\"",
                "for=203.0.113.9;host=\"h:0\"",
                "for=203.0.113.9;host=\"h:65536\"",
                "for=203.0.113.9;host=\"b\u00fccher.example\"",
                "for=203.0.113.9;by=nobody",
                "proto=https",
                "203.0.113.9",
                "for=unknown",
                "for=_hidden",
                "for=127.0.0.1",
                "for=\"[::1]\"",
                "for=203.0.113.9, for=127.0.0.1",
                "for=10.0.0.5"
            })
    void forwarded_thatNamesNoClient_isRefused(String header) {
        assertThat(of(PROXY, Map.of("forwarded", List.of(header)))).isInstanceOf(Attribution.Refused.class);
    }

    @Test
    void linesOfOneHeader_areOneList() {
        assertThat(proxied(Map.of("x-forwarded-for", List.of("198.51.100.1", "203.0.113.9 ", "10.0.1.7")))
                        .client()
                        .getHostAddress())
                .isEqualTo("203.0.113.9");
        assertThat(proxied(Map.of("forwarded", List.of("for=198.51.100.1", "for=203.0.113.9")))
                        .client()
                        .getHostAddress())
                .isEqualTo("203.0.113.9");
    }

    /** A proxy that adds to one family lets a client write the other. */
    @Test
    void families_thatDisagree_areRefused() {
        assertRefused("name different clients", "forwarded", "for=198.51.100.1", "x-forwarded-for", "203.0.113.9");
        assertRefused(
                "x-forwarded-proto disagree",
                "forwarded",
                "for=203.0.113.9;proto=https",
                "x-forwarded-for",
                "203.0.113.9",
                "x-forwarded-proto",
                "http");
        assertRefused(
                "x-forwarded-host disagree",
                "forwarded",
                "for=203.0.113.9;host=localhost",
                "x-forwarded-for",
                "203.0.113.9",
                "x-forwarded-host",
                "gateway.example");
    }

    @Test
    void families_thatAgree_addToEachOther() {
        Attribution.Proxied both = proxied(headers(
                "forwarded",
                "for=203.0.113.9;proto=https",
                "x-forwarded-for",
                "203.0.113.9",
                "x-forwarded-proto",
                "HTTPS",
                "x-forwarded-host",
                "Gateway.Example:8443"));

        assertThat(both.client().getHostAddress()).isEqualTo("203.0.113.9");
        assertThat(both.transport()).contains(Transport.TLS_AT_PROXY);
        assertThat(both.host()).contains("gateway.example:8443");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                     | https             | TLS_AT_PROXY",
                "203.0.113.9, 10.0.1.7           | https             | TLS_AT_PROXY",
                "203.0.113.9, 10.0.1.7           | https, http       | TLS_AT_PROXY",
                "198.51.100.1, 203.0.113.9       | https, http       | PLAIN"
            })
    void scheme_isThatOfTheClientsStation(String addresses, String schemes, Transport transport) {
        assertThat(proxied(headers("x-forwarded-for", addresses, "x-forwarded-proto", schemes))
                        .transport())
                .contains(transport);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-forwarded-proto | https, https",
                "x-forwarded-proto | ''",
                "x-forwarded-proto | javascript",
                "x-forwarded-host  | a.example, b.example",
                "x-forwarded-host  | user@gateway.example",
                "x-forwarded-host  | gateway.example:0",
                "x-forwarded-host  | gateway.example/path",
                "x-forwarded-host  | ''"
            })
    void whatElseTheProxySays_isRefusedIfItCannotBeRead(String header, String value) {
        assertThat(of(PROXY, headers("x-forwarded-for", "203.0.113.9", header, value)))
                .isInstanceOf(Attribution.Refused.class);
    }

    @Test
    void trails_areBounded() {
        String most = "1.1.1.1, ".repeat(Trail.STATIONS_MAX - 1) + "203.0.113.9";

        assertThat(proxied(Map.of("x-forwarded-for", List.of(most))).hops()).hasSize(9);
        assertRefused("more than 20 stations", "x-forwarded-for", "1.1.1.1, " + most);
        assertRefused("longer than 4096 characters", "x-forwarded-for", "1".repeat(5000));
        assertRefused("longer than 4096 characters", "forwarded", "for=203.0.113.9;x=" + "1".repeat(5000));
    }

    @Test
    void realIp_countsOnlyAsAFallbackThatTheOperatorAllows() {
        ClientResolver allowed = new ClientResolver(List.of(AddressRange.parse(PROXY)), true, false);
        Map<String, List<String>> alone = headers("x-real-ip", "203.0.113.9");
        Map<String, List<String>> both = headers("x-real-ip", "198.51.100.1", "x-forwarded-for", "203.0.113.9");

        assertRefused("no header names a client address", "x-real-ip", "203.0.113.9");
        assertThat(allowed.of(address(PROXY), alone)).isInstanceOfSatisfying(Attribution.Proxied.class, proxied -> {
            assertThat(proxied.client().getHostAddress()).isEqualTo("203.0.113.9");
            assertThat(proxied.evidence()).endsWith("in x-real-ip");
        });
        assertThat(allowed.of(address(PROXY), both))
                .isInstanceOfSatisfying(
                        Attribution.Proxied.class,
                        proxied -> assertThat(proxied.client().getHostAddress()).isEqualTo("203.0.113.9"));
        assertThat(allowed.of(address(PROXY), headers("x-real-ip", "203.0.113.9, 198.51.100.1")))
                .isInstanceOf(Attribution.Refused.class);
        assertThat(allowed.of(address(PROXY), headers("x-real-ip", "127.0.0.1")))
                .isInstanceOf(Attribution.Refused.class);
    }

    @Test
    void proxy_thatNamesNobody_isRefused_butOnLoopback() {
        assertThat(of(PROXY, Map.of()))
                .isInstanceOfSatisfying(
                        Attribution.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo("trusted proxy 10.0.0.5 names no client address"));
        ClientResolver loopback = new ClientResolver(List.of(AddressRange.parse("127.0.0.1")), false, false);

        assertThat(loopback.of(address("127.0.0.1"), Map.of()))
                .isInstanceOfSatisfying(
                        Attribution.Direct.class,
                        direct -> assertThat(direct.doubt())
                                .contains("peer address 127.0.0.1 is a trusted proxy that names no client"));
    }

    @Test
    void stranger_withProxyHeaders_isRefused_withTheLineThatWouldTrustIt() {
        Attribution.Refused refused =
                (Attribution.Refused) of("192.0.2.1", headers("x-forwarded-for", "203.0.113.9, 198.51.100.1"));

        assertThat(refused.reason())
                .isEqualTo("header 'x-forwarded-for' came from 192.0.2.1, which is not a trusted proxy");
        assertThat(refused.fix())
                .isEqualTo("network: {trusted-proxies: [\"10.0.0.5\", \"10.0.1.0/24\", \"fd00:0:0:0:0:0:0:5\","
                        + " \"192.0.2.1\"]}");
        assertThat(refused.hops()).extracting(Hop::address).containsExactly("203.0.113.9", "198.51.100.1", "192.0.2.1");
        assertThat(refused.hops()).extracting(Hop::trusted).containsExactly(false, false, true);
    }

    @Test
    void stranger_withProxyHeadersThatAreIgnored_isTheClient_butNeverWithoutDoubt() {
        ClientResolver ignoring = new ClientResolver(List.of(), false, true);

        assertThat(ignoring.of(address("127.0.0.1"), headers("x-forwarded-for", "203.0.113.9")))
                .isInstanceOfSatisfying(Attribution.Direct.class, direct -> {
                    assertThat(direct.client().isLoopbackAddress()).isTrue();
                    assertThat(direct.doubt()).isPresent();
                });
    }

    private static void assertRefused(String reason, String... headers) {
        assertThat(of(PROXY, headers(headers))).isInstanceOfSatisfying(Attribution.Refused.class, refused -> {
            assertThat(refused.reason()).startsWith("trusted proxy 10.0.0.5: ").contains(reason);
            assertThat(refused.fix()).isNotBlank();
        });
    }

    private static Attribution.Proxied proxied(Map<String, List<String>> headers) {
        Attribution attribution = of(PROXY, headers);
        assertThat(attribution).isInstanceOf(Attribution.Proxied.class);
        return (Attribution.Proxied) attribution;
    }

    private static Attribution of(String peer, Map<String, List<String>> headers) {
        return RESOLVER.of(address(peer), headers);
    }

    private static Map<String, List<String>> headers(String... namesAndValues) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return headers;
    }

    private static InetAddress address(String text) {
        Optional<InetAddress> address = AddressLiteral.parse(text);
        return address.orElseThrow();
    }
}
