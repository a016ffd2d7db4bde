package dev.gatehouse.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text under a head, in columns that are as wide as they must be. Confined to one thread. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(List.of(head));
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(cell -> cell.isEmpty() ? "-" : cell).toList());
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
            line.append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** A text of somebody else's, without what would move, hide or reorder the text around it. */
    static String harmless(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().map(Table::harmless).forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static int harmless(int character) {
        int type = Character.getType(character);
        boolean isDangerous = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return isDangerous ? '?' : character;
    }
}
