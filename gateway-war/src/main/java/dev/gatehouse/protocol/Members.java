package dev.gatehouse.protocol;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * Reads the members of one JSON object and notes what is wrong with them, in the words of the reference validator (wire
 * reference 1.5). Unknown members are ignored unless {@link #close} is called; values are never quoted.
 *
 * <p>A method that notes a problem returns an empty stand-in, so that one pass finds every problem; what was read counts
 * only when {@link Problems#isEmpty()}. Confined to one thread.
 */
public final class Members {

    /** The longest string where the wire reference names no other bound. */
    static final int TEXT_MAX = 4096;

    private final JsonNode object;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new HashSet<>();

    private Members(JsonNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /** The members of the outermost object; notes a problem and has none when it is not an object. */
    public static Members of(JsonNode root, Problems problems) {
        if (!root.isObject()) {
            problems.note("", "must be object");
        }
        return new Members(root, "", problems);
    }

    /** A string that must be there and must not be empty. */
    public String text(String name) {
        return text(name, TEXT_MAX);
    }

    /** A string that must be there, of 1 to {@code max} characters. */
    public String text(String name, int max) {
        return required(name).map(node -> checked(node, at(name), 1, max)).orElse("");
    }

    /** A string that must be there and be one of a closed set. */
    public String oneOf(String name, Set<String> allowed) {
        Optional<JsonNode> node = required(name);
        Optional<String> value = node.map(JsonNode::textValue).filter(allowed::contains);
        if (node.isPresent() && value.isEmpty()) {
            problems.note(at(name), "must be equal to one of the allowed values");
        }
        return value.orElse("");
    }

    /** A string that must be there and can only be this one. */
    void constant(String name, String only) {
        if (required(name).filter(node -> !only.equals(node.textValue())).isPresent()) {
            problems.note(at(name), "must be equal to constant");
        }
    }

    /** A string of {@code min} to {@code max} characters that may be absent. */
    public Optional<String> optionalText(String name, int min, int max) {
        return member(name).map(node -> checked(node, at(name), min, max));
    }

    /** An integer that must be there and be within its bounds. */
    public long integer(String name, long min, long max) {
        Optional<JsonNode> node = required(name);
        if (node.isEmpty()) {
            return 0;
        }
        if (!node.get().isIntegralNumber()) {
            problems.note(at(name), "must be integer");
            return 0;
        }
        BigInteger value = node.get().bigIntegerValue();
        if (value.compareTo(BigInteger.valueOf(min)) < 0) {
            problems.note(at(name), "must be >= " + min);
        } else if (value.compareTo(BigInteger.valueOf(max)) > 0) {
            problems.note(at(name), "must be <= " + max);
        }
        return value.longValue();
    }

    /** A string that may be absent, and else is one of a closed set. */
    public Optional<String> optionalOneOf(String name, Set<String> allowed) {
        return member(name).isPresent() ? Optional.of(oneOf(name, allowed)) : Optional.empty();
    }

    /** A boolean that may be absent. */
    public Optional<Boolean> flag(String name) {
        Optional<JsonNode> node = member(name);
        if (node.filter(value -> !value.isBoolean()).isPresent()) {
            problems.note(at(name), "must be boolean");
        }
        return node.map(JsonNode::booleanValue);
    }

    /** A list of strings that may be absent, as sent: blank ones and repeats are kept. */
    public List<String> texts(String name, int maxItems) {
        Optional<JsonNode> node = member(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            problems.note(at(name), "must be array");
            return List.of();
        }
        if (node.get().size() > maxItems) {
            problems.note(at(name), "must NOT have more than " + maxItems + " items");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.get()) {
            texts.add(checked(item, at(name) + "/" + texts.size(), 0, TEXT_MAX));
        }
        return texts;
    }

    /** A list of {@code minItems} to {@code maxItems} different strings that must be there. */
    public List<String> differentTexts(String name, int minItems, int maxItems) {
        Optional<JsonNode> list = required(name).filter(JsonNode::isArray);
        List<String> texts = texts(name, maxItems);
        if (list.filter(items -> items.size() < minItems).isPresent()) {
            problems.note(at(name), "must NOT have fewer than " + minItems + " items");
        }
        if (new HashSet<>(texts).size() < texts.size()) {
            problems.note(at(name), "must NOT have duplicate items");
        }
        return texts;
    }

    /** An object that may be absent. */
    public Optional<Members> optionalObject(String name) {
        return member(name).map(node -> object(node, at(name)));
    }

    /** An object that must be there. */
    Members object(String name) {
        return object(required(name).orElse(MissingNode.getInstance()), at(name));
    }

    /** The members of this object, each of which must be a boolean; names are the peer's, and are not quoted. */
    Map<String, Boolean> booleans() {
        Map<String, Boolean> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isBoolean()) {
                problems.note(path, "must have boolean values only");
                return Map.of();
            }
            values.put(member.getKey(), member.getValue().booleanValue());
        }
        return values;
    }

    /** A boolean that must be there. */
    public boolean truth(String name) {
        Optional<JsonNode> node = required(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            problems.note(at(name), "must be boolean");
        }
        return node.map(JsonNode::booleanValue).orElse(false);
    }

    /** Any value, which may be absent; a JSON {@code null} counts as absent. */
    public Optional<JsonNode> any(String name) {
        return member(name).filter(node -> !node.isNull());
    }

    /** An integer that may be absent, and must be within its bounds. */
    public Optional<Long> optionalInteger(String name, long min, long max) {
        return member(name).isPresent() ? Optional.of(integer(name, min, max)) : Optional.empty();
    }

    /** Takes every member, whatever it is, so that none is unexpected. */
    public Members whatever() {
        for (String name : (Iterable<String>) object::fieldNames) {
            known.add(name);
        }
        return this;
    }

    /** Notes every member that nobody asked for so far: the object is closed. */
    public void close() {
        for (String name : (Iterable<String>) object::fieldNames) {
            if (!known.contains(name)) {
                problems.noteUnexpected(path, name);
            }
        }
    }

    private Members object(JsonNode node, String where) {
        if (!node.isObject() && !node.isMissingNode()) {
            problems.note(where, "must be object");
        }
        return new Members(node, where, problems);
    }

    private String checked(JsonNode node, String where, int min, int max) {
        String text = node.textValue();
        if (text == null) {
            problems.note(where, "must be string");
            return "";
        }
        if (text.length() < min) {
            problems.note(where, "must NOT have fewer than " + min + " characters");
        } else if (text.length() > max) {
            problems.note(where, "must NOT have more than " + max + " characters");
        } else if (!PlainText.isPlain(text)) {
            problems.note(where, "must NOT have NUL or lone surrogates");
        }
        return text;
    }

    /** What is not an object was noted as such; its members are not missed as well. */
    private Optional<JsonNode> required(String name) {
        Optional<JsonNode> node = member(name);
        if (node.isEmpty() && object.isObject()) {
            problems.note(path, "must have required property '" + name + "'");
        }
        return node;
    }

    private Optional<JsonNode> member(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    private String at(String name) {
        return path + "/" + name;
    }
}
