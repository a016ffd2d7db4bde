package dev.gatehouse.testkit;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.gatehouse.spi.VetoReason;
import org.jspecify.annotations.Nullable;

/** What may stand in the texts of a refusal and of the log. */
final class Texts {

    private static final int DEPTH_MAX = 8;
    private static final int PRINTED_MAX = 1000;

    private Texts() {}

    /** Every text of a refusal: code, message, fixes, and those in the details with their names. */
    static List<String> of(VetoReason reason) {
        List<String> texts = new ArrayList<>(List.of(reason.code(), reason.message()));
        texts.addAll(reason.fixes());
        collect(reason.details(), texts, 0);
        return texts;
    }

    /** Every message of an exception, of its causes and of what it suppressed. */
    static List<String> of(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<String> texts = new ArrayList<>();
        collect(thrown, texts, seen);
        return texts;
    }

    /** What an entry of the log says, with the messages of its exception. */
    static List<String> of(RecordingLogger.Entry entry) {
        List<String> texts = new ArrayList<>(List.of(entry.message()));
        entry.thrown().ifPresent(thrown -> texts.addAll(of(thrown)));
        return texts;
    }

    /** For the message of a failed assertion: bounded, with what cannot be seen written out. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(PRINTED_MAX).forEach(character -> {
            if (character >= ' ' && character <= '~') {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u{%x}", character));
            }
        });
        return shown.toString();
    }

    /** Whether a text can be sent: it has no half of a surrogate pair. */
    static boolean isUtf8(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether a text stays on its line, and shows its characters in the order in which they stand. */
    static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(Texts::breaksTheLine);
    }

    /** What keeps a value from being a detail; empty when it may be one. */
    static Optional<String> problemOfDetail(String path, @Nullable Object value) {
        return problemOfDetail(path, value, 0);
    }

    private static Optional<String> problemOfDetail(String path, @Nullable Object value, int depth) {
        if (depth > DEPTH_MAX) {
            return Optional.of(path + " is nested deeper than " + DEPTH_MAX);
        }
        if (value instanceof String || value instanceof Boolean) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue())
                    ? Optional.empty()
                    : Optional.of(path + " is no finite number: " + number);
        }
        if (value instanceof List<?> items) {
            return items.stream()
                    .flatMap(item -> problemOfDetail(path + "[]", item, depth + 1).stream())
                    .findFirst();
        }
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .flatMap(member -> problemOfMember(path, member, depth).stream())
                    .findFirst();
        }
        return Optional.of(path + " is " + (value == null ? "null" : "of " + value.getClass()));
    }

    private static Optional<String> problemOfMember(String path, Map.Entry<?, ?> member, int depth) {
        return member.getKey() instanceof String name
                ? problemOfDetail(path + "." + name, member.getValue(), depth + 1)
                : Optional.of(path + " has a key that is no string: " + member.getKey());
    }

    private static void collect(@Nullable Object value, List<String> texts, int depth) {
        if (depth > DEPTH_MAX) {
            return;
        }
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                texts.add(String.valueOf(name));
                collect(member, texts, depth + 1);
            });
            return;
        }
        if (value instanceof List<?> items) {
            items.forEach(item -> collect(item, texts, depth + 1));
            return;
        }
        texts.add(String.valueOf(value));
    }

    private static void collect(Throwable thrown, List<String> texts, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        texts.add(thrown.toString());
        Stream.concat(Stream.ofNullable(thrown.getCause()), Stream.of(thrown.getSuppressed()))
                .forEach(other -> collect(other, texts, seen));
    }

    private static boolean breaksTheLine(int character) {
        boolean isSeparator = character == 0x2028 || character == 0x2029;
        boolean turnsTheText =
                (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
        return Character.isISOControl(character) || isSeparator || turnsTheText;
    }
}
