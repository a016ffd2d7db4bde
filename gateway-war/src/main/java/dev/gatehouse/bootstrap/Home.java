package dev.gatehouse.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folder in which one gateway keeps everything: its config, data, secrets and plugins.
 *
 * @param root the folder, absolute
 */
record Home(Path root) {

    private static final String PROPERTY = "gatehouse.home";
    private static final String VARIABLE = "GATEHOUSE_HOME";

    /** Finds the folder: system property {@code gatehouse.home}, else {@code GATEHOUSE_HOME}, else {@code ~/.gatehouse}. */
    static Home locate(Function<String, Optional<String>> systemProperties, Map<String, String> environment) {
        String place = systemProperties
                .apply(PROPERTY)
                .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
                .orElseGet(() -> systemProperties.apply("user.home").orElse(".") + "/.gatehouse");
        return new Home(Path.of(place).toAbsolutePath().normalize());
    }

    Path config() {
        return root.resolve("gatehouse.yaml");
    }

    Path data() {
        return root.resolve("data");
    }

    Path plugins() {
        return root.resolve("plugins");
    }

    /** Where the jars of the checks that come with the gateway are put for loading. */
    Path bundledPlugins() {
        return root.resolve("run").resolve("plugins");
    }

    Path gatewayToken() {
        return root.resolve("secrets").resolve("gateway-token");
    }

    Path apiKey() {
        return root.resolve("secrets").resolve("api-key");
    }

    List<Path> pluginJars() {
        return JarFolder.list(plugins());
    }

    boolean hasConfig() {
        return Files.exists(config());
    }
}
