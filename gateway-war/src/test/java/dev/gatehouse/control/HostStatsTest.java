package dev.gatehouse.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostStatsTest {

    @Test
    void figures_areKept_andNothingElse() throws JsonProcessingException {
        JsonNode said = json("{\"cpuCount\":2,\"loadAverage\":[0,1.5,2],\"memoryTotalBytes\":8,\"memoryFreeBytes\":3,"
                + "\"diskTotalBytes\":9,\"diskAvailableBytes\":1,\"evil\":\"text\"}");

        assertThat(HostStats.read(said, 7))
                .hasValueSatisfying(stats -> assertThat(stats.wireForm())
                        .containsOnlyKeys(
                                "cpuCount",
                                "loadAverage",
                                "memoryTotalBytes",
                                "memoryFreeBytes",
                                "diskTotalBytes",
                                "diskAvailableBytes",
                                "updatedAtMs")
                        .containsEntry("updatedAtMs", 7L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{}",
                "{\"cpuCount\":0,\"memoryTotalBytes\":8,\"memoryFreeBytes\":3}",
                "{\"cpuCount\":5000,\"memoryTotalBytes\":8,\"memoryFreeBytes\":3}",
                "{\"cpuCount\":1,\"memoryTotalBytes\":8,\"memoryFreeBytes\":9}",
                "{\"cpuCount\":1,\"memoryTotalBytes\":-8,\"memoryFreeBytes\":-9}",
                "{\"cpuCount\":1,\"memoryTotalBytes\":\"8\",\"memoryFreeBytes\":3}",
                "{\"cpuCount\":1,\"memoryTotalBytes\":1e300,\"memoryFreeBytes\":3}"
            })
    void figuresThatMakeNoSense_areNotTaken(String said) throws JsonProcessingException {
        assertThat(HostStats.read(json(said), 7)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "[1,2,\"3\"]", "[1,2,-1]", "[1,2,1e9]", "\"load\""})
    void loadThatMakesNoSense_isLeftOut(String load) throws JsonProcessingException {
        JsonNode said =
                json("{\"cpuCount\":2,\"loadAverage\":" + load + ",\"memoryTotalBytes\":8,\"memoryFreeBytes\":3}");

        assertThat(HostStats.read(said, 7))
                .hasValueSatisfying(stats -> assertThat(stats.wireForm()).doesNotContainKey("loadAverage"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
