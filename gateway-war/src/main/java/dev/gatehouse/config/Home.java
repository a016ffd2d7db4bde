package dev.gatehouse.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folder in which one gateway keeps everything: its config, data, secrets and plugins.
 *
 * @param root the folder, absolute
 */
public record Home(Path root) {

    private static final String PROPERTY = "gatehouse.home";
    private static final String VARIABLE = "GATEHOUSE_HOME";

    /** Finds the folder: system property {@code gatehouse.home}, else {@code GATEHOUSE_HOME}, else {@code ~/.gatehouse}. */
    public static Home locate(Function<String, Optional<String>> systemProperties, Map<String, String> environment) {
        String place = systemProperties
                .apply(PROPERTY)
                .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
                .orElseGet(() -> systemProperties.apply("user.home").orElse(".") + "/.gatehouse");
        return new Home(Path.of(place).toAbsolutePath().normalize());
    }

    public Path config() {
        return root.resolve("gatehouse.yaml");
    }

    public Path data() {
        return root.resolve("data");
    }

    /** Where the operator's plugins are, unless the config names another folder. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** Where the jars of the checks that come with the gateway are put for loading. */
    public Path bundledPlugins() {
        return root.resolve("run").resolve("bundled");
    }

    /** Where the private copies of the plugins in use are. */
    public Path loadedPlugins() {
        return root.resolve("run").resolve("plugins");
    }

    /** The JSON schema of the config, for editors. */
    public Path schema() {
        return root.resolve("gatehouse.schema.json");
    }

    /** Where the running gateway listens to its owner. */
    public Path ownerFolder() {
        return root.resolve("owner");
    }

    public Path gatewayToken() {
        return root.resolve("secrets").resolve("gateway-token");
    }

    public Path apiKey() {
        return root.resolve("secrets").resolve("api-key");
    }

    public boolean hasConfig() {
        return Files.exists(config());
    }
}
