package dev.gatehouse.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of an order, as lines for a person to read. Texts of clients are shown without what terminals obey. */
final class Report {

    private Report() {}

    static List<String> lines(Deed deed, JsonNode result) {
        return switch (deed) {
            case LIST_DEVICES -> lists(result);
            case LIST_KEYS -> keys(result);
            case CREATE_KEY -> List.of(text(result, "key"));
            case APPROVE -> List.of("approved: device " + text(result, "deviceId") + " as " + text(result, "role"));
            case REJECT -> List.of("rejected: device " + text(result, "deviceId") + " may ask again");
            case RENAME -> List.of("renamed: device " + text(result, "deviceId") + " is now " + text(result, "label"));
            case ROTATE ->
                List.of("rotated: the token of device " + text(result, "deviceId") + " as " + text(result, "role")
                        + "; the old one is valid until " + text(result, "oldValidUntil") + " at most");
            case REVOKE ->
                List.of("revoked: device " + text(result, "deviceId") + " as " + text(result, "role") + ", since "
                        + text(result, "tokenRevokedAt"));
            case REMOVE -> List.of("removed: device " + text(result, "deviceId"));
            case REVOKE_KEY -> List.of("revoked: key " + text(result, "keyId") + " (" + text(result, "label") + ")");
            case VERIFY_AUDIT ->
                List.of("the audit is whole: entries " + text(result, "first") + " to " + text(result, "last")
                        + ", and the last one has the hash " + text(result, "hash"));
            case IMPORT -> imported(result);
        };
    }

    private static List<String> lists(JsonNode result) {
        Table waiting = new Table("REQUEST", "DEVICE", "ROLE", "SCOPES", "CLIENT", "FROM", "LAST ASKED");
        result.path("pending")
                .forEach(request -> waiting.row(
                        text(request, "requestId"),
                        text(request, "deviceId"),
                        text(request, "role"),
                        joined(request.path("scopes")),
                        client(request),
                        text(request, "peer"),
                        text(request, "refreshedAt")));
        Table devices = new Table("DEVICE", "LABEL", "ROLES", "CLIENT", "APPROVED", "LAST SEEN");
        result.path("devices")
                .forEach(device -> devices.row(
                        text(device, "deviceId"),
                        text(device, "label"),
                        grants(device.path("grants")),
                        client(device),
                        text(device, "approvedAt"),
                        text(device, "lastSeenAt")));
        List<String> lines = new ArrayList<>();
        lines.addAll(waiting.isEmpty() ? List.of("nobody waits") : waiting.lines());
        lines.add("");
        lines.addAll(devices.isEmpty() ? List.of("no device is approved") : devices.lines());
        return lines;
    }

    private static List<String> keys(JsonNode result) {
        Table keys = new Table("KEY", "LABEL", "MAY", "CREATED", "ENDS");
        result.path("keys")
                .forEach(key -> keys.row(
                        text(key, "keyId"),
                        text(key, "label"),
                        text(key, "scope"),
                        text(key, "createdAt"),
                        text(key, "expiresAt")));
        return keys.isEmpty() ? List.of("there is no API key; make one with: keys create LABEL") : keys.lines();
    }

    private static List<String> imported(JsonNode result) {
        Table devices = new Table("DEVICE", "OUTCOME", "WHY");
        for (JsonNode device : result.path("devices")) {
            devices.row(text(device, "deviceId"), text(device, "outcome"), joined(device.path("notes")));
        }
        List<String> lines =
                new ArrayList<>(devices.isEmpty() ? List.of("no device is paired there") : devices.lines());
        result.path("notes").forEach(note -> lines.add(note.asText()));
        if (result.path("rehearsal").asBoolean()) {
            lines.add("nothing was changed; without --dry-run it is");
        }
        return lines;
    }

    private static String client(JsonNode node) {
        String platform = text(node, "platform");
        String id = text(node, "clientId") + (platform.isEmpty() ? "" : " on " + platform);
        return Optional.of(text(node, "displayName"))
                .filter(name -> !name.isEmpty())
                .map(name -> id + ", '" + name + "'")
                .orElse(id);
    }

    private static String grants(JsonNode grants) {
        StringJoiner joined = new StringJoiner("; ");
        for (JsonNode grant : grants) {
            String scopes = joined(grant.path("scopes"));
            String role = text(grant, "role");
            String revoked = grant.has("tokenRevokedAt") ? " (revoked)" : "";
            joined.add((scopes.isEmpty() ? role : role + ": " + scopes) + revoked);
        }
        return joined.toString();
    }

    private static String joined(JsonNode texts) {
        return String.join(
                ", ",
                StreamSupport.stream(texts.spliterator(), false)
                        .map(JsonNode::asText)
                        .map(Table::harmless)
                        .toList());
    }

    private static String text(JsonNode node, String member) {
        return Table.harmless(node.path(member).asText(""));
    }
}
