package dev.gatehouse.refusal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalKindTest {

    /** The rows of the reference gateway that this gateway has too, under the same code and text. */
    private static final Set<String> ROWS = Set.of(
            "R10", "R13", "R14", "R20", "R21", "R23", "R24", "R25", "R26", "R27", "R30", "R31", "R32", "R33", "R34",
            "R35", "R36", "R37", "R38", "R39", "R40", "R41", "R42", "R43", "R44", "R61", "R62", "R63", "R64");

    @Test
    void everyRecordedRefusal_isInTheCatalogue() throws IOException {
        List<JsonNode> recorded = recorded().stream()
                .filter(refusal -> ROWS.contains(refusal.path("row").asText()))
                .toList();

        assertThat(recorded)
                .hasSizeGreaterThan(ROWS.size() - 1)
                .allSatisfy(
                        refusal -> assertThat(kind(refusal)).as("%s", refusal).isNotEqualTo(RefusalKind.OF_A_PLUGIN));
    }

    @ParameterizedTest
    @EnumSource
    void kind_isToldFromEveryOther(RefusalKind kind) {
        assertThat(RefusalKind.of(kind.code(), kind.said() + "(...)", kind.reason()))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void kind_saysWhyAndWhatToDo_inWordsForPeople(RefusalKind kind) {
        assertThat(Stream.of(kind.why(), kind.remedy()))
                .allSatisfy(text -> assertThat(text)
                        .hasSizeBetween(5, 200)
                        .doesNotContain("`", "](")
                        .doesNotEndWith("."));
    }

    @Test
    void code_ofAPlugin_isOfAPlugin() {
        assertThat(RefusalKind.of("OUT_OF_HOURS", "the office is closed", Optional.empty()))
                .isEqualTo(RefusalKind.OF_A_PLUGIN);
    }

    private static RefusalKind kind(JsonNode refusal) {
        JsonNode error = refusal.path("error");
        return RefusalKind.of(
                error.at("/details/code").asText(),
                error.path("message").asText(),
                Optional.of(error.at("/details/reason").asText()).filter(reason -> !reason.isEmpty()));
    }

    private static List<JsonNode> recorded() throws IOException {
        try (InputStream lines = RefusalKindTest.class.getResourceAsStream("/dev/gatehouse/protocol/refusals.jsonl")) {
            ObjectMapper mapper = new ObjectMapper();
            List<JsonNode> all = new ArrayList<>();
            for (String line : new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                all.add(mapper.readTree(line));
            }
            return all.stream()
                    .filter(refusal -> refusal.path("error").isObject())
                    .toList();
        }
    }
}
