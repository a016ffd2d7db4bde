package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.ConfigSchema;
import dev.gatehouse.plugin.JarStore;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.plugin.PluginTrust;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema of the config, asked by a validator that is not ours. */
class ConfigSchemaTest {

    /** The settings of a check. */
    record Hours(
            @Setting(about = "Where the office is.") String zone,

            @Setting(about = "How long it opens.", fallback = "8h")
            Duration length,

            @Setting(about = "A secret.") Optional<Secret.Source> key) {}

    private static final YAMLMapper YAML = new YAMLMapper();

    private static ObjectNode schema = YAML.createObjectNode();

    @BeforeAll
    static void generate(@TempDir Path folder) {
        Map<String, Optional<Class<? extends Record>>> checks = new TreeMap<>();
        checks.put("hours", Optional.of(Hours.class));
        checks.put("quiet", Optional.empty());
        List<Path> bundled = FolderSight.jarsIn(Path.of("target", "plugins"));
        try (PluginGeneration plugins =
                PluginGeneration.load(bundled, List.of(), PluginTrust.everything(), new JarStore(folder))) {
            plugins.providers().forEach(provider -> checks.put(provider.name(), provider.settings()));
            schema = ConfigSchema.of(
                    GatehouseConfig.class, checks, Map.of("admission.chain.check", List.copyOf(checks.keySet())));
        }
    }

    @Test
    void schema_isOneByItsOwnDialect() {
        JsonSchema dialect = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(dialect.validate(schema)).isEmpty();
    }

    @Test
    void example_ofTheDocumentation_isValid() throws IOException {
        assertThat(problems(Files.readString(ConfigurationReference.EXAMPLE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{admission: {chain: 'hours, token'}}",
                "{admission: {chain: [hours, {check: token, mode: shadow, until: 2027-01-31}], check-deadline: 1s}}",
                "{checks: {hours: {zone: UTC, key: 'env:KEY'}, quiet: {}}}",
                "{checks: {hours: }}",
                "{plugins: {trust: []}}"
            })
    void config_thatTheGatewayAccepts_isValid(String yaml) throws IOException {
        assertThat(problems(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{admision: {}}",
                "{admission: {chain: [nobody]}}",
                "{admission: {chain: [{check: hours, mode: maybe}]}}",
                "{admission: {chain: [{mode: shadow}]}}",
                "{admission: {check-deadline: soon}}",
                "{admission: {threads: many}}",
                "{checks: {hours: {}}}",
                "{checks: {hours: {zone: UTC, colour: red}}}",
                "{checks: {hours: {zone: UTC, key: literal}}}",
                "{checks: {quiet: {loud: true}}}",
                "{checks: {nobody: {}}}"
            })
    void config_thatTheGatewayRejects_isInvalid(String yaml) throws IOException {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void setting_hasItsDescriptionAndDefault() {
        JsonNode length = schema.at("/properties/checks/properties/hours/properties/length");

        assertThat(length.path("description").asText()).isEqualTo("How long it opens.");
        assertThat(length.path("default").asText()).isEqualTo("8h");
    }

    private static Set<ValidationMessage> problems(String yaml) throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema)
                .validate(YAML.readTree(yaml));
    }
}
