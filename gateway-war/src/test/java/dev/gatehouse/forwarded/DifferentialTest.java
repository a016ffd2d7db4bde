package dev.gatehouse.forwarded;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.gatehouse.address.AddressLiteral;
import dev.gatehouse.address.AddressRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Both readings of what proxies write come to the same client, or both to none. */
class DifferentialTest {

    private static final int ROUNDS = 20_000;
    private static final int PIECES_MAX = 12;
    private static final InetAddress PROXY = AddressLiteral.parse("10.0.0.5").orElseThrow();
    private static final ClientResolver RESOLVER = new ClientResolver(
            List.of(AddressRange.parse("10.0.0.5"), AddressRange.parse("10.0.1.7"), AddressRange.parse("fd00::5")),
            false,
            false);
    private static final Set<String> TRUSTED = Set.of("0a000005", "0a000107", "fd000000000000000000000000000005");

    private static final List<String> PIECES = List.of(
            "for",
            "For",
            "by",
            "proto",
            "host",
            "secret",
            "=",
            "=",
            "=",
            ";",
            ";",
            ",",
            ",",
            "\"",
            "\"",
            "\\",
            " ",
            "\t",
            "203.0.113.9",
            "10.0.0.5",
            "10.0.1.7",
            "127.0.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "256.1.1.1",
            "1.2.3",
            "01.2.3.4",
            "[2001:db8::7]",
            "2001:db8::7",
            "[fd00::5]",
            "::1",
            "[::1]",
            "::",
            "::ffff:10.0.0.5",
            "[::ffff:203.0.113.9]",
            "::203.0.113.9",
            "fe80::1%eth0",
            "[fe80::1%eth0]",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            ":80",
            ":65536",
            ":_p",
            "unknown",
            "_hidden",
            "_",
            "https",
            "WS",
            "gateway.example:1",
            "h:0",
            "%",
            "[",
            "]",
            ":",
            "for=203.0.113.9",
            "for=\"[2001:db8::7]:1\"",
            "for=10.0.1.7",
            "for=_x",
            "\u00e9",
            "\u0000",
            "\u2603",
            "x");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void headersOfAllSorts_areReadAlike(long seed) {
        Random random = new Random(seed);
        int readable = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String header = header(random);
            readable += assertAlike("forwarded", header, SecondReader::forwarded) ? 1 : 0;
            readable += assertAlike("x-forwarded-for", header, SecondReader::xForwardedFor) ? 1 : 0;
        }
        assertThat(readable).as("headers that name a client").isGreaterThan(ROUNDS / 100);
    }

    /** Whether both say that there is a client. */
    static boolean assertAlike(String name, String header, Function<String, Optional<List<String>>> second) {
        Optional<String> expected =
                second.apply(header.strip()).flatMap(parties -> SecondReader.client(parties, TRUSTED));
        Attribution found = RESOLVER.of(PROXY, Map.of(name, List.of(header)));
        Optional<String> client = found instanceof Attribution.Proxied proxied
                ? Optional.of(HexFormat.of().formatHex(proxied.client().getAddress()))
                : Optional.empty();
        assertThat(client).as("%s: %s", name, header).isEqualTo(expected);
        return client.isPresent();
    }

    private static String header(Random random) {
        StringBuilder header = new StringBuilder();
        IntStream.range(0, 1 + random.nextInt(PIECES_MAX))
                .forEach(unused -> header.append(PIECES.get(random.nextInt(PIECES.size()))));
        return header.toString();
    }
}
