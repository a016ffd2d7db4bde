package dev.gatehouse.offline.openclaw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole tables of an SQLite file, their rows by the names of their columns. Never writes. */
final class SqliteFile {

    private static final int ATTEMPTS = 5;
    private static final int SCHEMA_ROOT = 1;
    private static final int SCHEMA_ROWS_MAX = 20_000;
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CONSTRAINT = Pattern.compile(
            "(PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern WITHOUT_ROWID = Pattern.compile("(?is).*\\)[^)]*\\bWITHOUT\\s+ROWID\\b[^)]*");

    private final Path path;

    SqliteFile(Path path) {
        this.path = path;
    }

    /**
     * Reads tables at one moment, also while another process changes them.
     *
     * @param names the tables
     * @param rowsMax how many rows each may have
     * @return the rows of those that exist
     * @throws UnusableState when the file cannot be read, or changes all the time
     */
    Map<String, List<Map<String, Object>>> tables(List<String> names, int rowsMax) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                List<String> before = sight();
                Optional<Map<String, List<Map<String, Object>>>> read = attempt(names, rowsMax, before);
                if (read.isPresent()) {
                    return read.get();
                }
            }
        } catch (IOException e) {
            throw new UnusableState(path + " cannot be read: " + e, e);
        }
        throw new UnusableState(path + " changed each time it was read; stop OpenClaw and try again");
    }

    /** What was read while the files changed may fit together or not, and so may not count. */
    private Optional<Map<String, List<Map<String, Object>>>> attempt(
            List<String> names, int rowsMax, List<String> before) throws IOException {
        try (SqlitePages pages = SqlitePages.open(path)) {
            Map<String, List<Map<String, Object>>> tables = read(pages, names, rowsMax);
            return sight().equals(before) ? Optional.of(tables) : Optional.empty();
        } catch (UnusableState e) {
            if (sight().equals(before)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private List<String> sight() throws IOException {
        List<String> sight = new ArrayList<>();
        for (String suffix : List.of("", "-wal")) {
            Path file = path.resolveSibling(path.getFileName() + suffix);
            sight.add(Files.exists(file) ? Files.size(file) + "@" + Files.getLastModifiedTime(file) : "none");
        }
        return sight;
    }

    private static Map<String, List<Map<String, Object>>> read(SqlitePages pages, List<String> names, int rowsMax)
            throws IOException {
        Map<String, List<Map<String, Object>>> tables = new HashMap<>();
        for (List<Object> entry : SqliteTable.rows(pages, SCHEMA_ROOT, SCHEMA_ROWS_MAX)) {
            if (entry.size() == 5
                    && entry.get(0).equals("table")
                    && entry.get(1) instanceof String name
                    && names.contains(name)
                    && entry.get(3) instanceof Long root
                    && entry.get(4) instanceof String definition) {
                List<String> columns = columns(name, definition);
                tables.put(
                        name,
                        SqliteTable.rows(pages, root, rowsMax).stream()
                                .map(row -> named(columns, row))
                                .toList());
            }
        }
        return tables;
    }

    /** A row that was written before its last columns were added is shorter; nothing is there. */
    private static Map<String, Object> named(List<String> columns, List<Object> values) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.size() && i < values.size(); i++) {
            if (values.get(i) != SqliteRecord.NULL) {
                row.put(columns.get(i), values.get(i));
            }
        }
        return row;
    }

    private static List<String> columns(String table, String definition) {
        String plain = COMMENT.matcher(definition).replaceAll(" ");
        int open = plain.indexOf('(');
        if (open < 0 || WITHOUT_ROWID.matcher(plain).matches()) {
            throw new UnusableState("the table " + table + " is of a kind that OpenClaw never made");
        }
        List<String> columns = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 1;
        for (int i = open + 1; i < plain.length() && depth > 0; i++) {
            char character = plain.charAt(i);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (depth == 0 || (depth == 1 && character == ',')) {
                addColumn(part.toString().strip(), columns);
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        return columns;
    }

    private static void addColumn(String definition, List<String> columns) {
        if (!definition.isEmpty() && !CONSTRAINT.matcher(definition).matches()) {
            columns.add(definition.split("\\s+", 2)[0].replaceAll("[\"`\\[\\]]", ""));
        }
    }
}
