package dev.gatehouse.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventSelectionTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "gatehouse");
    private static final Path DESCRIBED = Path.of("journal", "Described.java");

    /** A type where something is noted: the first text of a call of note. */
    private static final Pattern NOTED = Pattern.compile(
            "(?:\\bnote\\(|new Note\\()[^;\"]*\"([a-z]+\\.[a-z-]+)\"(?:[^;\"]*:\\s*\"([a-z]+\\.[a-z-]+)\")?");

    private static final Pattern TYPE = Pattern.compile("\"([a-z]+\\.[a-z-]+)\"");

    @ParameterizedTest
    @CsvSource({
        "pairing.*, pairing.approved, true",
        "pairing.*, device.removed, false",
        "device.removed, device.removed, true",
        "device.removed, device.relabelled, false"
    })
    void selection_includesTypesAndFamilies(String pattern, String type, boolean included) {
        assertThat(new EventSelection(List.of(pattern)).includes(type)).isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "pairing", "pairing.", "pairing.aproved", "nothing.*", "pair*", "webhook.test"})
    void selection_ofWhatThereIsNot_isRejected(String pattern) {
        assertThatThrownBy(() -> new EventSelection(List.of("device.removed", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + pattern + "' is no event; write a type such as device.removed")
                .hasMessageContaining("pairing.approved");
    }

    /** Whoever gives the journal a new type adds it to the known ones. */
    @Test
    void everyTypeThatTheGatewayNotes_isKnown() throws IOException {
        Set<String> noted = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher types = (file.endsWith(DESCRIBED) ? TYPE : NOTED).matcher(Files.readString(file));
                while (types.find()) {
                    for (int i = 1; i <= types.groupCount(); i++) {
                        Stream.ofNullable(types.group(i)).forEach(noted::add);
                    }
                }
            }
        }

        assertThat(noted)
                .contains(
                        "pairing.requested",
                        "session.terminated",
                        "refusals.spike",
                        "admission.failed",
                        "webhook.stopped",
                        "audit.gap");
        assertThat(EventSelection.KNOWN).isSorted().doesNotHaveDuplicates().containsAll(noted);
    }

    /** The console listens to the types for which it has words. */
    @Test
    void everyType_hasWordsInTheConsole() throws IOException {
        String words = Files.readString(Path.of("src", "main", "webapp", "console", "words.js"));

        assertThat(EventSelection.KNOWN).allSatisfy(type -> assertThat(words).contains("\"" + type + "\": \""));
    }
}
