package dev.gatehouse.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.config.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a command reads of a config, and which mistakes in it may not keep the owner out. */
class OfflineSettingsTest {

    private static final String POSTGRESQL = "jdbc:postgresql://db.example/gatehouse";

    @TempDir
    private Path root;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void noConfig_meansTheDefaults() {
        assertThat(settings(Map.of()).database().url()).isEmpty();
        assertThat(settings(Map.of()).devices().pendingMax()).isEqualTo(1000);
        assertThat(warnings).isEmpty();
    }

    @Test
    void otherAreas_mayBeWrong() throws IOException {
        write("admission: 7\nunknown: true\ndatabase: {url: '" + POSTGRESQL + "'}\ndevices: {pending-max: 0}\n");

        assertThat(settings(Map.of()).database().url()).isEqualTo(POSTGRESQL);
        assertThat(settings(Map.of()).devices().pendingMax()).isEqualTo(1000);
        assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains("pending-max"));
    }

    @Test
    void environment_countsAsItDoesAtStart() throws IOException {
        write("database: {user: someone}\n");

        assertThat(settings(Map.of("GATEHOUSE_DATABASE_URL", POSTGRESQL)).database())
                .satisfies(database -> assertThat(database.url()).isEqualTo(POSTGRESQL))
                .satisfies(database -> assertThat(database.user()).isEqualTo("someone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admission: {chain: [token\ndatabase:\n  url: '" + POSTGRESQL + "'\n  user: gw\ndoor: ]\n",
                "# the database is elsewhere\ndoor: ]\ndatabase: {url: '" + POSTGRESQL + "', user: gw}\n"
            })
    void fileThatIsNoYaml_isSearchedForTheDatabase(String text) throws IOException {
        write(text);

        assertThat(settings(Map.of()).database().url()).isEqualTo(POSTGRESQL);
        assertThat(settings(Map.of()).database().user()).isEqualTo("gw");
        assertThat(warnings).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{door: ], database: {url: '" + POSTGRESQL + "'}}\n",
                "door: ]\ndatabase: {url: ]\n",
                "door: ]\n  database: {url: '" + POSTGRESQL + "'}\n"
            })
    void fileThatDoesNotSayWhichDatabase_isNoReasonToTakeAnother(String text) throws IOException {
        write(text);

        assertThatThrownBy(() -> settings(Map.of()).database())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("GATEHOUSE_DATABASE_URL");
    }

    @Test
    void databaseThatIsWrong_isSaid() throws IOException {
        write("database: {url: 'jdbc:oracle:x'}\n");

        assertThatThrownBy(() -> settings(Map.of()).database())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("database.url must begin with");
    }

    private void write(String text) throws IOException {
        Files.writeString(root.resolve("gatehouse.yaml"), text);
    }

    private OfflineSettings settings(Map<String, String> environment) {
        return new OfflineSettings(new Home(root), environment, warnings::add);
    }
}
