package dev.gatehouse.refusal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The line of config that allows origins. Stateless. */
public final class OriginLine {

    private OriginLine() {}

    /**
     * The line that keeps what is allowed and allows these as well.
     *
     * @param configured what is allowed now
     * @param sent the origins to allow; what is no origin of a page is left out, for no line can allow it
     * @return the line, or empty when it would allow nothing new
     */
    public static Optional<String> allowing(List<String> configured, List<String> sent) {
        List<String> added = sent.stream()
                .flatMap(origin -> NearestOrigin.written(origin).stream())
                .filter(origin -> !NearestOrigin.isAllowed(origin, configured))
                .distinct()
                .toList();
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        of(Stream.concat(configured.stream(), added.stream()).toList()));
    }

    /** The line with exactly these, quoted because an IPv6 address has brackets of its own. */
    static String of(List<String> origins) {
        return "allowed-origins: "
                + origins.stream().map(text -> "\"" + text + "\"").toList();
    }
}
