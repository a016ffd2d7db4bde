package dev.gatehouse.forwarded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gatehouse.spi.UpgradeContext.Transport;

/**
 * The stations of a request as one header, or one family of headers, tells them: the farthest first, and last the one that
 * the nearest proxy wrote. Lines of the same header are one list, in the order sent (RFC 9110 section 5.3).
 *
 * @param header the header that names the stations, in lower case
 * @param stations at least one, {@value #STATIONS_MAX} at most
 */
record Trail(String header, List<Station> stations) {

    static final String FORWARDED = "forwarded";
    static final String FORWARDED_FOR = "x-forwarded-for";
    static final String REAL_IP = "x-real-ip";

    static final int STATIONS_MAX = 20;
    private static final int LENGTH_MAX = 4096;
    private static final String FORWARDED_PROTO = "x-forwarded-proto";
    private static final String FORWARDED_HOST = "x-forwarded-host";
    private static final int PORT_MAX = 65_535;
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9_][a-z0-9._-]{0,252}|\\[[0-9a-f.]*:[0-9a-f:.]{1,44}])(?::(?<port>[0-9]{1,5}))?");

    /** What {@code Forwarded} says (RFC 7239), or nothing if there is none. */
    static Optional<Trail> ofForwarded(Map<String, List<String>> headers) throws MalformedTrail {
        List<String> lines = headers.getOrDefault(FORWARDED, List.of());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<Station> stations = new ForwardedReader(bounded(FORWARDED, lines)).stations();
        return Optional.of(new Trail(FORWARDED, atMost(FORWARDED, stations)));
    }

    /** What {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} say, or nothing if nobody is named. */
    static Optional<Trail> ofXForwarded(Map<String, List<String>> headers) throws MalformedTrail {
        List<String> said = items(headers, FORWARDED_FOR);
        return said.isEmpty() ? Optional.empty() : Optional.of(xForwarded(FORWARDED_FOR, said, headers));
    }

    /** The same with the one station that {@code X-Real-IP} names. */
    static Optional<Trail> ofRealIp(Map<String, List<String>> headers) throws MalformedTrail {
        List<String> said = items(headers, REAL_IP);
        if (said.size() > 1) {
            throw new MalformedTrail(REAL_IP + " names " + said.size() + " addresses");
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(xForwarded(REAL_IP, said, headers));
    }

    private static Trail xForwarded(String header, List<String> said, Map<String, List<String>> headers)
            throws MalformedTrail {
        List<String> protos = besides(headers, FORWARDED_PROTO, said.size());
        List<String> hosts = besides(headers, FORWARDED_HOST, said.size());
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            int position = i + 1;
            Node node = Node.ofXForwarded(said.get(i))
                    .orElseThrow(() -> new MalformedTrail("item " + position + " of " + header + " is not an address"));
            stations.add(new Station(node, transport(FORWARDED_PROTO, protos, i), host(FORWARDED_HOST, hosts, i)));
        }
        return new Trail(header, List.copyOf(stations));
    }

    /** One item for every station, or one for each: which of them a third number belongs to, nobody can tell. */
    private static List<String> besides(Map<String, List<String>> headers, String name, int stations)
            throws MalformedTrail {
        List<String> items = items(headers, name);
        if (items.size() > 1 && items.size() != stations) {
            throw new MalformedTrail(name + " has " + items.size() + " items, for " + stations + " addresses");
        }
        return items;
    }

    private static List<String> items(Map<String, List<String>> headers, String name) throws MalformedTrail {
        List<String> lines = headers.getOrDefault(name, List.of());
        return lines.isEmpty()
                ? List.of()
                : atMost(
                        name,
                        Arrays.stream(bounded(name, lines).split(",", -1))
                                .map(String::strip)
                                .toList());
    }

    private static String bounded(String header, List<String> lines) throws MalformedTrail {
        String whole = lines.stream().map(String::strip).collect(Collectors.joining(","));
        if (whole.length() > LENGTH_MAX) {
            throw new MalformedTrail(header + " is longer than " + LENGTH_MAX + " characters");
        }
        return whole;
    }

    private static <T> List<T> atMost(String header, List<T> items) throws MalformedTrail {
        if (items.size() > STATIONS_MAX) {
            throw new MalformedTrail(header + " names more than " + STATIONS_MAX + " stations");
        }
        return items;
    }

    private static Optional<Transport> transport(String header, List<String> protos, int index) throws MalformedTrail {
        Optional<String> proto = at(protos, index);
        return proto.isEmpty() ? Optional.empty() : Optional.of(transport(header, proto.get()));
    }

    private static Optional<String> host(String header, List<String> hosts, int index) throws MalformedTrail {
        Optional<String> host = at(hosts, index);
        return host.isEmpty() ? Optional.empty() : Optional.of(host(header, host.get()));
    }

    private static Optional<String> at(List<String> items, int index) {
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() == 1 ? 0 : index));
    }

    /** The protection that a scheme stands for. */
    static Transport transport(String header, String scheme) throws MalformedTrail {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> Transport.TLS_AT_PROXY;
            case "http", "ws" -> Transport.PLAIN;
            default -> throw new MalformedTrail("the scheme in " + header + " is neither http nor https");
        };
    }

    /** A host with an optional port, in lower case. */
    static String host(String header, String text) throws MalformedTrail {
        String host = text.toLowerCase(Locale.ROOT);
        Matcher parts = HOST.matcher(host);
        if (!parts.matches() || !isPort(Optional.ofNullable(parts.group("port")))) {
            throw new MalformedTrail("the host in " + header + " is not a host");
        }
        return host;
    }

    private static boolean isPort(Optional<String> port) {
        return port.map(Integer::parseInt)
                .map(number -> number > 0 && number <= PORT_MAX)
                .orElse(true);
    }
}
