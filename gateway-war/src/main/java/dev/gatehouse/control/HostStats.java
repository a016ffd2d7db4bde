package dev.gatehouse.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the machine of a node is doing, as the node last said.
 *
 * @param wireForm the figures as clients read them
 */
record HostStats(Map<String, Object> wireForm) {

    /** The name of the event that brings them. */
    static final String EVENT = "node.host.stats";

    private static final int PROCESSORS_MAX = 4096;
    private static final double LOAD_MAX = 100_000;
    private static final int LOADS = 3;
    private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

    /**
     * Reads what a node said.
     *
     * @return empty when it makes no sense
     */
    static Optional<HostStats> read(JsonNode said, long nowMillis) {
        OptionalLong processors = amount(said, "cpuCount");
        OptionalLong memoryTotal = amount(said, "memoryTotalBytes");
        OptionalLong memoryFree = amount(said, "memoryFreeBytes");
        boolean isWhole = processors.isPresent() && memoryTotal.isPresent() && memoryFree.isPresent();
        if (!isWhole
                || processors.getAsLong() < 1
                || processors.getAsLong() > PROCESSORS_MAX
                || memoryFree.getAsLong() > memoryTotal.getAsLong()) {
            return Optional.empty();
        }
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("cpuCount", processors.getAsLong());
        load(said.path("loadAverage")).ifPresent(load -> stats.put("loadAverage", load));
        stats.put("memoryTotalBytes", memoryTotal.getAsLong());
        stats.put("memoryFreeBytes", memoryFree.getAsLong());
        putDisk(said, stats);
        stats.put("updatedAtMs", nowMillis);
        return Optional.of(new HostStats(Map.copyOf(stats)));
    }

    private static void putDisk(JsonNode said, Map<String, Object> stats) {
        OptionalLong total = amount(said, "diskTotalBytes");
        OptionalLong available = amount(said, "diskAvailableBytes");
        if (total.isPresent() && available.isPresent() && available.getAsLong() <= total.getAsLong()) {
            stats.put("diskTotalBytes", total.getAsLong());
            stats.put("diskAvailableBytes", available.getAsLong());
        }
    }

    private static Optional<List<Double>> load(JsonNode said) {
        List<Double> averages = new ArrayList<>();
        for (JsonNode average : said) {
            if (!average.isNumber() || !(average.doubleValue() >= 0) || average.doubleValue() > LOAD_MAX) {
                return Optional.empty();
            }
            averages.add(average.doubleValue());
        }
        return averages.size() == LOADS ? Optional.of(averages) : Optional.empty();
    }

    private static OptionalLong amount(JsonNode said, String name) {
        JsonNode value = said.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() && isSafe(value.longValue())
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    private static boolean isSafe(long value) {
        return value >= 0 && value <= SAFE_INTEGER_MAX;
    }
}
