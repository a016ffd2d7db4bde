package dev.gatehouse.offline.openclaw;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.ImportedDevice;
import dev.gatehouse.device.ImportedGrant;
import dev.gatehouse.device.InvalidLabel;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

/**
 * One row of {@code device_pairing_paired}: what comes across of it, and what does not (wire reference 7.3 and 7.6).
 * Confined to one thread.
 */
final class PairedRow {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<String> BY_THE_OWNER = Set.of("owner", "bootstrap");
    private static final int LABEL_MAX = 64;

    private final Map<String, Object> row;
    private final List<String> notes = new ArrayList<>();

    PairedRow(Map<String, Object> row) {
        this.row = row;
    }

    /** What is to be told about this device. */
    List<String> notes() {
        return notes;
    }

    /** The device, or empty when none of it can come across; the notes say why. */
    Optional<ImportedDevice> device() {
        List<ImportedGrant> grants = grants();
        if (grants.isEmpty()) {
            notes.add("no role is left");
            return Optional.empty();
        }
        try {
            return Optional.of(new ImportedDevice(
                    deviceId(),
                    text("public_key").orElse(""),
                    label(),
                    client(),
                    time("approved_at_ms").orElse(Instant.EPOCH),
                    text("approved_via").filter(BY_THE_OWNER::contains).isPresent()
                            ? ApprovedVia.OWNER
                            : ApprovedVia.SILENT,
                    time("last_seen_at_ms"),
                    grants));
        } catch (IllegalArgumentException | InvalidLabel e) {
            notes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    String deviceId() {
        return text("device_id").orElse("");
    }

    boolean hasSurface() {
        return row.containsKey("node_surface_json");
    }

    private Optional<String> label() {
        Optional<String> label = text("operator_label").map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> usable = label.filter(
                text -> text.length() <= LABEL_MAX && text.codePoints().noneMatch(Character::isISOControl));
        if (usable.isEmpty() && label.isPresent()) {
            notes.add("its label cannot be used here");
        }
        return usable;
    }

    private ClientFacts client() {
        return new ClientFacts(
                text("client_id").orElse(""),
                text("client_mode").orElse(""),
                "",
                text("platform").orElse(""),
                text("device_family"),
                text("display_name"));
    }

    /** A role is in force there when it has a token that is not revoked. */
    private List<ImportedGrant> grants() {
        JsonNode tokens = json("tokens_json");
        Set<String> roles = new LinkedHashSet<>(texts(json("roles_json")));
        text("role").ifPresent(roles::add);
        tokens.fieldNames().forEachRemaining(roles::add);
        List<ImportedGrant> grants = new ArrayList<>();
        for (String name : roles) {
            Optional<Role> role = Role.parse(name);
            JsonNode token = tokens.path(name);
            if (role.isEmpty()) {
                notes.add("role '" + name + "' does not exist here");
            } else if (!token.isObject()) {
                notes.add("role '" + name + "' has no token, and so is not in force");
            } else if (token.hasNonNull("revokedAtMs")) {
                notes.add("role '" + name + "' is revoked");
            } else {
                grant(role.get(), token).ifPresent(grants::add);
            }
        }
        return grants;
    }

    private Optional<ImportedGrant> grant(Role role, JsonNode token) {
        Optional<String> hash = hash(role, token);
        try {
            return Optional.of(new ImportedGrant(
                    role,
                    approved(role),
                    Scopes.of(texts(token.path("scopes"))),
                    hash,
                    hash.isPresent() ? time(token.path("createdAtMs")) : Optional.empty(),
                    hash.isPresent() ? time(token.path("lastUsedAtMs")) : Optional.empty()));
        } catch (IllegalArgumentException e) {
            notes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The token as it is kept here; in plain it goes no further. */
    private Optional<String> hash(Role role, JsonNode token) {
        String plain = token.path("token").asText("");
        if (token.hasNonNull("issuer")) {
            notes.add(
                    "the token of role '" + role.wireName()
                            + "' hangs on OpenClaw's shared secret and stays behind; the device gets a new one with this gateway's");
            return Optional.empty();
        }
        if (!TOKEN.matcher(plain).matches()) {
            notes.add("the token of role '" + role.wireName() + "' is malformed; the device gets a new one");
            return Optional.empty();
        }
        return Optional.of(ImportedGrant.hashOf(Secret.of(plain)));
    }

    private Scopes approved(Role role) {
        JsonNode baseline = json("approved_scopes_json");
        List<String> written = texts(baseline.isArray() ? baseline : json("scopes_json"));
        return Scopes.of(written.stream()
                .filter(scope -> scope.strip().startsWith(role.wireName() + "."))
                .toList());
    }

    private JsonNode json(String column) {
        try {
            return Optional.ofNullable(JSON.readTree(text(column).orElse(""))).orElseGet(MissingNode::getInstance);
        } catch (JsonProcessingException e) {
            notes.add("its " + column + " is damaged");
            return MissingNode.getInstance();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array.isArray() ? array : MissingNode.getInstance()) {
            if (item.isTextual()) {
                texts.add(item.asText());
            }
        }
        return texts;
    }

    private Optional<String> text(String column) {
        return row.get(column) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private Optional<Instant> time(String column) {
        return row.get(column) instanceof Long millis ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }

    private static Optional<Instant> time(JsonNode millis) {
        return millis.isIntegralNumber() && millis.canConvertToLong()
                ? Optional.of(Instant.ofEpochMilli(millis.asLong()))
                : Optional.empty();
    }
}
