package dev.gatehouse.checks.origin;

import java.util.List;

import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code origin}.
 *
 * @param allowedOrigins origins of pages that may connect, some with a wildcard (see {@link AllowedOrigin})
 * @param insecureAllowAnyOrigin whether every page may connect
 */
record OriginSettings(
        @Setting(
                about =
                        "Origins of pages that may connect, each exactly as browsers send it, scheme://host[:port]; one *"
                                + " may stand for one whole label (https://*.gateway.example) or for the port"
                                + " (http://localhost:*).")
        List<String> allowedOrigins,

        @Setting(about = "Whether pages of every origin may connect.", fallback = "false")
        boolean insecureAllowAnyOrigin) {

    /** What is wrong with the allowed origins; empty when nothing is. */
    List<String> problems() {
        return allowedOrigins.stream()
                .flatMap(given -> AllowedOrigin.problem(given).stream())
                .map(problem -> "allowed-origins: " + problem)
                .toList();
    }

    /** The allowed origins, to be asked for once there are no problems. */
    List<AllowedOrigin> allowed() {
        return allowedOrigins.stream()
                .flatMap(given -> AllowedOrigin.parse(given).stream())
                .toList();
    }
}
