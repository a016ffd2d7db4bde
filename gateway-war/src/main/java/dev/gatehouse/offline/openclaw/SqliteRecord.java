package dev.gatehouse.offline.openclaw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One row of an SQLite table as it is stored: the types of its values, then the values. */
final class SqliteRecord {

    /** Stands for a value that is absent. */
    static final Object NULL = new Object();

    private static final int[] INTEGER_BYTES = {0, 1, 2, 3, 4, 6, 8};
    private static final int DOUBLE = 7;
    private static final int ZERO = 8;
    private static final int ONE = 9;
    private static final int BLOB = 12;
    private static final int VALUES_MAX = 2_000; // as many columns as SQLite allows a table

    private SqliteRecord() {}

    static List<Object> values(ByteBuffer record) {
        int start = record.position();
        long header = varint(record);
        if (header < 1 || header > record.limit()) {
            throw new UnusableState("the database is damaged: a row has no header");
        }
        List<Long> types = new ArrayList<>();
        while (record.position() < start + header && types.size() < VALUES_MAX) {
            types.add(varint(record));
        }
        record.position(start + (int) header);
        return types.stream().map(type -> value(record, type)).toList();
    }

    private static Object value(ByteBuffer record, long type) {
        if (type == 0) {
            return NULL;
        }
        if (type > 0 && type < INTEGER_BYTES.length) {
            return integer(record, INTEGER_BYTES[(int) type]);
        }
        if (type == DOUBLE) {
            return record.getDouble();
        }
        if (type == ZERO || type == ONE) {
            return type - ZERO;
        }
        long length = (type - BLOB) / 2;
        if (type < BLOB || length > record.remaining()) {
            throw new UnusableState("the database is damaged: a value is longer than its row");
        }
        byte[] bytes = new byte[(int) length];
        record.get(bytes);
        return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
    }

    private static long integer(ByteBuffer record, int bytes) {
        long value = record.get();
        for (int i = 1; i < bytes; i++) {
            value = (value << 8) | Byte.toUnsignedLong(record.get());
        }
        return value;
    }

    /** SQLite's number of one to nine bytes: seven bits each, but all eight of the ninth. */
    static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = bytes.get();
            value = (value << 7) | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        return (value << 8) | Byte.toUnsignedLong(bytes.get());
    }
}
