package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.chain.CheckReport;
import dev.gatehouse.config.Home;
import dev.gatehouse.refusal.Surroundings;

/**
 * The config in force, as far as remedies depend on it. Of a secret, only where it is kept is read.
 *
 * @param chain knows the settings of the checks in force
 * @param home where the gateway keeps the secret that it made for itself, and what relative paths start from
 */
record ConfigSurroundings(ChainDesk chain, Home home) implements Surroundings {

    private static final String FILE = "file:";

    @Override
    public List<String> allowedOrigins() {
        return settings("origin").get("allowed-origins") instanceof List<?> origins
                ? origins.stream().map(Object::toString).toList()
                : List.of();
    }

    @Override
    public String sharedSecret() {
        Map<String, Object> token = settings("token");
        String mode = String.valueOf(token.getOrDefault("mode", "token"));
        return Optional.ofNullable(token.get(mode))
                .map(Object::toString)
                .filter(place -> !place.isEmpty())
                .map(this::absolute)
                .orElseGet(() -> FILE + home.gatewayToken());
    }

    private String absolute(String place) {
        return place.startsWith(FILE) ? FILE + home.root().resolve(Path.of(place.substring(FILE.length()))) : place;
    }

    private Map<String, Object> settings(String check) {
        return chain.checks().stream()
                .filter(report -> report.check().equals(check))
                .findFirst()
                .map(CheckReport::settings)
                .orElse(Map.of());
    }
}
