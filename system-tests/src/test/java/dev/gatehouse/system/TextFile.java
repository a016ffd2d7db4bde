package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whole files that may not be there yet, or that someone is still writing. */
final class TextFile {

    private TextFile() {}

    static String read(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The last lines, for a message that says why something did not start. */
    static String tail(Path file) {
        String text = read(file);
        return text.substring(Math.max(0, text.length() - 4_000));
    }

    /** The first group of the first match; a text without one is a failure. */
    static String word(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }
}
