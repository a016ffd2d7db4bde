package dev.gatehouse.refusal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext;

/**
 * One station that a connection says it came through, and what the gateway makes of it.
 *
 * @param address what was said, at most {@value #TEXT_MAX} characters
 * @param source where it was said: the name of a header, or {@code tcp} for the peer itself
 * @param trusted whether the gateway goes by it
 * @param why what led to that, for people
 */
public record ForwardedHop(String address, String source, boolean trusted, String why) {

    private static final int HOPS_MAX = 8;
    private static final int TEXT_MAX = 64;
    private static final String TCP = "tcp";
    private static final List<String> SOURCES = List.of("x-forwarded-for", "forwarded", "x-real-ip");
    private static final String BY_PEER = "the gateway goes by the address at the other end of the TCP connection";
    private static final String NOT_BELIEVED =
            "said by a header, which anybody can write; the gateway believes no forwarded address";

    /** The stations of an upgrade, in the order in which they were said, the peer itself last; at most nine. */
    public static List<ForwardedHop> of(UpgradeContext upgrade) {
        List<ForwardedHop> hops = new ArrayList<>();
        for (String source : SOURCES) {
            said(upgrade.headers(), source).stream()
                    .limit(HOPS_MAX - (long) hops.size())
                    .forEach(address -> hops.add(new ForwardedHop(address, source, false, NOT_BELIEVED)));
        }
        hops.add(new ForwardedHop(upgrade.peer().getHostAddress(), TCP, true, BY_PEER));
        return List.copyOf(hops);
    }

    private static List<String> said(Map<String, List<String>> headers, String source) {
        return Optional.ofNullable(headers.get(source)).orElse(List.of()).stream()
                .limit(HOPS_MAX)
                .flatMap(line ->
                        Arrays.stream(VisibleText.cut(line, TEXT_MAX * HOPS_MAX).split(",", HOPS_MAX + 1)))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> VisibleText.cut(address, TEXT_MAX))
                .toList();
    }
}
