package dev.gatehouse.offline.openclaw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The write-ahead log of an SQLite database: changes that are committed, but not yet in the file. A frame counts when its
 * salt and running checksum are right and a commit follows it. Confined to one thread.
 */
final class SqliteLog implements AutoCloseable {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int CHECKSUM_AT = 24;
    private static final int SALT_AT = 16;

    private final Optional<FileChannel> file;
    private final int pageSize;
    private final Map<Integer, Long> frames = new HashMap<>();
    private int sum1;
    private int sum2;

    private SqliteLog(Optional<FileChannel> file, int pageSize) {
        this.file = file;
        this.pageSize = pageSize;
    }

    /** Opens the log and finds the last state of each page; one that is missing or empty has none. */
    static SqliteLog open(Path path, int pageSize) throws IOException {
        if (!Files.exists(path) || Files.size(path) < HEADER) {
            return new SqliteLog(Optional.empty(), pageSize);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        SqliteLog log = new SqliteLog(Optional.of(channel), pageSize);
        try {
            log.scan(channel);
            return log;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the last committed state of a page is in the log, by the page's number. */
    Map<Integer, Long> frames() {
        return frames;
    }

    ByteBuffer page(long frame) throws IOException {
        return SqlitePages.read(file.orElseThrow(), frame + FRAME_HEADER, pageSize);
    }

    private void scan(FileChannel channel) throws IOException {
        ByteBuffer header = SqlitePages.read(channel, 0, HEADER);
        int magic = header.getInt(0);
        if ((magic & ~1) != MAGIC || header.getInt(8) != pageSize) {
            return; // a log of something else says nothing about this file
        }
        ByteOrder order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        add(header, 0, CHECKSUM_AT, order);
        if (header.getInt(CHECKSUM_AT) != sum1 || header.getInt(CHECKSUM_AT + 4) != sum2) {
            return;
        }
        long salt = header.getLong(SALT_AT);
        Map<Integer, Long> uncommitted = new HashMap<>();
        long size = channel.size();
        int frameSize = FRAME_HEADER + pageSize;
        for (long at = HEADER; at + frameSize <= size; at += frameSize) {
            ByteBuffer frame = SqlitePages.read(channel, at, frameSize);
            add(frame, 0, 8, order);
            add(frame, FRAME_HEADER, pageSize, order);
            if (frame.getLong(8) != salt || frame.getInt(16) != sum1 || frame.getInt(20) != sum2) {
                return; // what follows is older than the last checkpoint, or was never finished
            }
            uncommitted.put(frame.getInt(0), at);
            if (frame.getInt(4) != 0) {
                frames.putAll(uncommitted);
                uncommitted.clear();
            }
        }
    }

    private void add(ByteBuffer bytes, int from, int length, ByteOrder order) {
        ByteBuffer words = bytes.duplicate().order(order);
        for (int at = from; at < from + length; at += 8) {
            sum1 += words.getInt(at) + sum2;
            sum2 += words.getInt(at + 4) + sum1;
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
