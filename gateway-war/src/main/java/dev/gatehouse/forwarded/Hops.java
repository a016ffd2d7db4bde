package dev.gatehouse.forwarded;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.spi.UpgradeContext.Hop;

/** Words the stations of a request, and what the gateway makes of each, for people. A few of them: see the bounds. */
final class Hops {

    private static final int SAID_MAX = 8;
    private static final int TEXT_MAX = 64;
    private static final String TCP = "tcp";

    private Hops() {}

    /** The peer alone. */
    static Hop peer(InetAddress peer, String why) {
        return new Hop(peer.getHostAddress(), TCP, true, why);
    }

    /** What headers say that nobody believes, as far as it can be told apart. */
    static List<Hop> notBelieved(Map<String, List<String>> headers, String why) {
        return Stream.of(Trail.FORWARDED_FOR, Trail.FORWARDED, Trail.REAL_IP)
                .flatMap(header -> headers.getOrDefault(header, List.of()).stream()
                        .flatMap(
                                line -> Stream.of(cut(line, TEXT_MAX * SAID_MAX).split(",", SAID_MAX + 1)))
                        .map(String::strip)
                        .filter(said -> !said.isEmpty())
                        .map(said -> new Hop(cut(said, TEXT_MAX), header, false, why)))
                .limit(SAID_MAX)
                .toList();
    }

    /** The stations of a trail of which the one at an index is the client. */
    static List<Hop> of(Trail trail, int client) {
        List<Hop> hops = new ArrayList<>();
        int from = Math.max(0, trail.stations().size() - SAID_MAX);
        for (int i = from; i < trail.stations().size(); i++) {
            String said = cut(trail.stations().get(i).node().text(), TEXT_MAX);
            hops.add(new Hop(said, trail.header(), i >= client, why(i, client)));
        }
        return hops;
    }

    private static String why(int index, int client) {
        if (index == client) {
            return "the client: the first address from the right that is not a trusted proxy";
        }
        return index < client
                ? "said by the client or somebody before it, who can write what they like"
                : "a trusted proxy";
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
