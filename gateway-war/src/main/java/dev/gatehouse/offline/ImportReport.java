package dev.gatehouse.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.offline.openclaw.OpenClawState;

/** What an import did with each device of the file, and what it did not take over and why. */
final class ImportReport {

    private static final String LEFT_ALONE = "left-alone";

    private ImportReport() {}

    static JsonNode of(OpenClawState state, JsonNode result, boolean isRehearsal) {
        List<Map<String, Object>> devices = new ArrayList<>();
        for (JsonNode device : result.path("devices")) {
            String id = device.path("deviceId").asText();
            String outcome = device.path("outcome").asText();
            List<String> notes = new ArrayList<>(state.notesOn(id));
            if (outcome.equals(LEFT_ALONE)) {
                notes.add("is known here already, with another grant or token");
            }
            devices.add(line(id, outcome, notes));
        }
        state.leftOut().forEach(device -> devices.add(line(device.deviceId(), "left-out", List.of(device.why()))));
        return Wire.tree(Map.of("devices", devices, "notes", state.notes(), "rehearsal", isRehearsal));
    }

    private static Map<String, Object> line(String id, String outcome, List<String> notes) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("deviceId", id);
        line.put("outcome", outcome);
        line.put("notes", notes);
        return line;
    }
}
