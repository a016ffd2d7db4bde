package dev.gatehouse.checks.origin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code origin}.
 *
 * @param allowedOrigins origins of pages that may connect
 * @param insecureAllowAnyOrigin whether every page may connect
 */
record OriginSettings(
        @Setting(about = "Origins of pages that may connect, each exactly as browsers send it: scheme://host[:port].")
        List<String> allowedOrigins,

        @Setting(about = "Whether pages of every origin may connect.", fallback = "false")
        boolean insecureAllowAnyOrigin) {

    /** What is wrong with the allowed origins; empty when nothing is. */
    List<String> problems() {
        return allowedOrigins.stream().flatMap(OriginSettings::problem).toList();
    }

    private static Stream<String> problem(String given) {
        if (given.equals("*")) {
            return Stream.of("allowed-origins: '*' is not an origin; list each origin,"
                    + " or set insecure-allow-any-origin to true");
        }
        Optional<Origin> origin = Origin.parse(given);
        if (origin.isEmpty()) {
            return Stream.of("allowed-origins: '" + given + "' is not an origin; write scheme://host[:port],"
                    + " such as https://gateway.example (names of other alphabets in their xn-- form)");
        }
        String exact = origin.get().text();
        return exact.equals(given)
                ? Stream.empty()
                : Stream.of("allowed-origins: '" + given + "' is not as browsers send it; write '" + exact + "'");
    }
}
