package dev.gatehouse.offline.openclaw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the rows of a table, from its root page down: SQLite's table b-tree. Whatever the pages say, it ends: no page is
 * read twice, no row is larger than {@link #ROW_MAX}, and there are no more rows than asked for. Confined to one thread.
 */
final class SqliteTable {

    private static final int ROW_MAX = 4 << 20;
    private static final int DEPTH_MAX = 20;
    private static final int INTERIOR = 0x05;
    private static final int LEAF = 0x0d;
    private static final int FILE_HEADER = 100;

    private final SqlitePages pages;
    private final int rowsMax;
    private final Set<Long> visited = new HashSet<>();
    private final List<List<Object>> rows = new ArrayList<>();

    private SqliteTable(SqlitePages pages, int rowsMax) {
        this.pages = pages;
        this.rowsMax = rowsMax;
    }

    /**
     * The values of every row, in the order of the columns: a {@code Long}, {@code Double}, {@code String}, {@code
     * byte[]}, or {@link SqliteRecord#NULL}.
     *
     * @throws UnusableState when there are more rows than allowed, or the pages make no table
     */
    static List<List<Object>> rows(SqlitePages pages, long root, int rowsMax) throws IOException {
        SqliteTable table = new SqliteTable(pages, rowsMax);
        try {
            table.descend(root, 0);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            throw new UnusableState("the database is damaged: a page refers to what is not in it", e);
        }
        return table.rows;
    }

    private void descend(long number, int depth) throws IOException {
        ByteBuffer page = visit(number);
        if (depth > DEPTH_MAX) {
            throw damaged("its tables are too deep");
        }
        int header = number == 1 ? FILE_HEADER : 0;
        int type = page.get(header);
        int cells = Short.toUnsignedInt(page.getShort(header + 3));
        if (type == LEAF) {
            for (int i = 0; i < cells; i++) {
                takeRow(page, Short.toUnsignedInt(page.getShort(header + 8 + 2 * i)));
            }
            return;
        }
        if (type != INTERIOR) {
            throw damaged("page " + number + " belongs to no table");
        }
        for (int i = 0; i < cells; i++) {
            int cell = Short.toUnsignedInt(page.getShort(header + 12 + 2 * i));
            descend(Integer.toUnsignedLong(page.getInt(cell)), depth + 1);
        }
        descend(Integer.toUnsignedLong(page.getInt(header + 8)), depth + 1);
    }

    private void takeRow(ByteBuffer page, int cell) throws IOException {
        if (rows.size() == rowsMax) {
            throw new UnusableState("the database has more than " + rowsMax + " rows where devices are");
        }
        ByteBuffer at = page.duplicate().position(cell);
        long length = SqliteRecord.varint(at);
        SqliteRecord.varint(at); // the row's own number
        if (length < 0 || length > ROW_MAX) {
            throw damaged("a row has " + length + " bytes");
        }
        rows.add(SqliteRecord.values(payload(at, (int) length)));
    }

    private ByteBuffer payload(ByteBuffer at, int length) throws IOException {
        int local = local(length);
        ByteArrayOutputStream payload = new ByteArrayOutputStream(length);
        byte[] first = new byte[local];
        at.get(first);
        payload.writeBytes(first);
        long next = local < length ? Integer.toUnsignedLong(at.getInt()) : 0;
        while (payload.size() < length) {
            ByteBuffer overflow = visit(next);
            next = Integer.toUnsignedLong(overflow.getInt(0));
            byte[] part = new byte[Math.min(length - payload.size(), pages.usable() - 4)];
            overflow.get(4, part);
            payload.writeBytes(part);
        }
        return ByteBuffer.wrap(payload.toByteArray());
    }

    /** How much of a row is on its page; the rest is on overflow pages. */
    private int local(int length) {
        int usable = pages.usable();
        if (length <= usable - 35) {
            return length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int even = least + (length - least) % (usable - 4);
        return even <= usable - 35 ? even : least;
    }

    private ByteBuffer visit(long number) throws IOException {
        if (!visited.add(number)) {
            throw damaged("page " + number + " is in it twice");
        }
        return pages.page(number);
    }

    private static UnusableState damaged(String how) {
        return new UnusableState("the database is damaged: " + how);
    }
}
