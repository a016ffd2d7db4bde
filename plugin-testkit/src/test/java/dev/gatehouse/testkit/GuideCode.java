package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The code blocks of a page, which come from source files. A comment before a block names its file, relative to the
 * repository, and the region of it: {@code <!-- source: examples/x/Y.java region -->}. In the file, a region stands
 * between the comments {@code region NAME} and {@code endregion}. Immutable.
 */
final class GuideCode {

    private static final Pattern BLOCK = Pattern.compile(
            "<!-- source: (?<file>\\S+) (?<region>\\S+) -->\n```(?<language>\\w+)\n(?<code>.*?)```\n", Pattern.DOTALL);
    private static final Pattern FENCE = Pattern.compile("(?<before>[^\n]*)\n```(?:java|xml)\n");
    private static final String COMMENT_START = "^\\s*(?://|#|<!--) ";

    private final Path repository;
    private final String page;

    /**
     * The code of one page.
     *
     * @param repository where the files of the blocks are
     * @param page the text of the page
     */
    GuideCode(Path repository, String page) {
        this.repository = repository;
        this.page = page;
    }

    /** How many blocks name their source. */
    long blocks() {
        return BLOCK.matcher(page).results().count();
    }

    /** The line before each block of Java or XML that does not name its source. */
    List<String> blocksWithoutSource() {
        return FENCE.matcher(page)
                .results()
                .map(fence -> fence.group(1))
                .filter(before -> !before.startsWith("<!-- source: "))
                .toList();
    }

    /** The page with the code of each block as its source has it now. */
    String updated() {
        return BLOCK.matcher(page).replaceAll(block -> Matcher.quoteReplacement(updated(block)));
    }

    private String updated(MatchResult block) {
        String start = block.group().substring(0, block.start(4) - block.start());
        return start + region(repository.resolve(block.group(1)), block.group(2)) + "```\n";
    }

    private static String region(Path file, String name) {
        Pattern start = Pattern.compile(COMMENT_START + "region " + Pattern.quote(name) + "(?: -->)?$");
        Pattern end = Pattern.compile(COMMENT_START + "endregion(?: -->)?$");
        List<String> lines = new ArrayList<>();
        boolean isInside = false;
        for (String line : lines(file)) {
            if (isInside && end.matcher(line).matches()) {
                return dedented(lines);
            }
            if (isInside) {
                lines.add(line);
            }
            isInside = isInside || start.matcher(line).matches();
        }
        throw new IllegalStateException(file + " has no region '" + name + "' between 'region' and 'endregion'");
    }

    private static String dedented(List<String> lines) {
        int margin = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                        .map(line -> line.isBlank() ? "" : line.substring(margin))
                        .collect(Collectors.joining("\n"))
                        .strip()
                + "\n";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
