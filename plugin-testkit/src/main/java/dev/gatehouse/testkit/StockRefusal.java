package dev.gatehouse.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.gatehouse.spi.VetoReason;
import org.jspecify.annotations.Nullable;

/**
 * How the stock gateway words one refusal (wire reference, appendix E). A check that refuses for the same reason says
 * the same, so that stock clients do the right thing.
 *
 * @param row the row of the wire reference's rejection table, such as {@code R14}
 * @param variant the case within the row
 * @param code the code of the error frame's details
 * @param message the message of the error frame
 * @param details the other details, in the order of the frame
 * @since 0.1
 */
public record StockRefusal(String row, String variant, String code, String message, Map<String, Object> details) {

    private static final String RESOURCE = "refusals.jsonl";

    /**
     * Copies the details, in their order.
     *
     * @param row not null
     * @param variant not null
     * @param code not null
     * @param message not null
     * @param details copied
     */
    public StockRefusal {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /**
     * The refusal of one row and case.
     *
     * @param row the row, such as {@code R14}
     * @param variant the start of the case, such as {@code origin not allowed}; empty for the first of the row
     * @return the first that fits
     * @throws IllegalArgumentException when none fits
     */
    public static StockRefusal of(String row, String variant) {
        return all().stream()
                .filter(refusal ->
                        refusal.row().equals(row) && refusal.variant().startsWith(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no refusal " + row + " '" + variant + "'"));
    }

    /**
     * Every refusal that the bundled checks can give.
     *
     * @return them, in the order of the wire reference
     */
    public static List<StockRefusal> all() {
        try (InputStream lines = Objects.requireNonNull(StockRefusal.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            return reader.lines().map(StockRefusal::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * In what a reason differs from this refusal: code, message, and the details with their order.
     *
     * @param reason what a check said
     * @return each difference as text for people; empty when there is none
     */
    public List<String> differencesFrom(VetoReason reason) {
        List<String> differences = new ArrayList<>();
        compare("code", code, reason.code(), differences);
        compare("message", message, reason.message(), differences);
        compare("details", inOrder(details), inOrder(reason.details()), differences);
        return List.copyOf(differences);
    }

    private void compare(String what, Object expected, Object actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add(row + " " + what + ": expected '" + expected + "', was '" + actual + "'");
        }
    }

    /** As a list, because maps are equal in whatever order. */
    private static List<Map.Entry<String, Object>> inOrder(Map<String, Object> details) {
        return List.copyOf(details.entrySet());
    }

    private static StockRefusal parse(String line) {
        Map<String, Object> fixture = Json.parseObject(line);
        Map<String, Object> error = member(fixture, "error");
        Map<String, Object> details = member(error, "details");
        Object code = details.remove("code");
        return new StockRefusal(
                text(fixture.get("row")), text(fixture.get("case")), text(code), text(error.get("message")), details);
    }

    private static Map<String, Object> member(Map<String, Object> object, String name) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (object.get(name) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> members.put(text(key), value));
        }
        return members;
    }

    private static String text(@Nullable Object value) {
        return Objects.requireNonNull(value, "the fixture lacks a member").toString();
    }
}
