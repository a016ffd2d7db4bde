package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that were given to a command. */
final class CommandLine {

    private final Map<Option, String> given;

    private CommandLine(Map<Option, String> given) {
        this.given = given;
    }

    /** Reads pairs of flag and value, and refuses whatever the command does not know. */
    static CommandLine parse(List<String> words, Set<Option> known) {
        Map<Option, String> given = new EnumMap<>(Option.class);
        for (int i = 0; i < words.size(); i += 2) {
            Option option = named(words.get(i), known);
            if (i + 1 == words.size()) {
                throw new UsageError(option.flag() + ": a value is missing");
            }
            given.put(option, words.get(i + 1));
        }
        return new CommandLine(given);
    }

    private static Option named(String flag, Set<Option> known) {
        return known.stream()
                .filter(option -> option.flag().equals(flag))
                .findFirst()
                .orElseThrow(() -> new UsageError("'" + flag + "' is no option of this command; see --help"));
    }

    boolean has(Option option) {
        return given.containsKey(option);
    }

    String text(Option option) {
        String value = given.getOrDefault(option, option.fallback());
        if (value.isEmpty()) {
            throw new UsageError(option.flag() + " is needed; see --help");
        }
        return value;
    }

    int number(Option option) {
        String text = text(option);
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageError(option.flag() + ": '" + text + "' is no whole number");
        }
        throw new UsageError(option.flag() + ": '" + text + "' is less than 0");
    }

    int positive(Option option) {
        int number = number(option);
        if (number == 0) {
            throw new UsageError(option.flag() + " must be at least 1");
        }
        return number;
    }

    Path path(Option option) {
        return Path.of(text(option));
    }

    /** The text of the file without the line break at its end. */
    String secret(Option option) throws IOException {
        return Files.readString(path(option)).strip();
    }
}
