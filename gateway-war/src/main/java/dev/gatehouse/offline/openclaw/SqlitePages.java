package dev.gatehouse.offline.openclaw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The pages of an SQLite file, each as the last commit left it: in the file, or in the write-ahead log beside it. Opened
 * for reading only. Confined to one thread.
 */
final class SqlitePages implements AutoCloseable {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int RESERVED_AT = 20;
    private static final int ENCODING_AT = 56;
    private static final int UTF_8 = 1;
    private static final int LARGEST = 65_536;
    private static final int USABLE_MIN = 480;

    private final FileChannel file;
    private final SqliteLog log;
    private final int pageSize;
    private final int usable;

    private SqlitePages(FileChannel file, SqliteLog log, int pageSize, int usable) {
        this.file = file;
        this.log = log;
        this.pageSize = pageSize;
        this.usable = usable;
    }

    /**
     * Opens a database.
     *
     * @throws UnusableState when it is none, or was left in the middle of a change
     */
    static SqlitePages open(Path path) throws IOException {
        Path journal = path.resolveSibling(path.getFileName() + "-journal");
        if (Files.exists(journal) && Files.size(journal) > 0) {
            throw new UnusableState(
                    journal + " says that a change was broken off; start OpenClaw once, stop it, and try again");
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer header = read(file, 0, HEADER);
            if (!header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
                throw new UnusableState(path + " is no SQLite database");
            }
            int written = Short.toUnsignedInt(header.getShort(PAGE_SIZE_AT));
            int pageSize = written == 1 ? LARGEST : written;
            int usable = pageSize - Byte.toUnsignedInt(header.get(RESERVED_AT));
            if (Integer.bitCount(pageSize) != 1 || pageSize < 512 || usable < USABLE_MIN) {
                throw new UnusableState(path + " is damaged: its pages cannot have " + pageSize + " bytes");
            }
            SqliteLog log = SqliteLog.open(path.resolveSibling(path.getFileName() + "-wal"), pageSize);
            SqlitePages pages = new SqlitePages(file, log, pageSize, usable);
            pages.checkTexts(path);
            return pages;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Asked of the first page as it is now, for that of a young database may be in the log alone. */
    private void checkTexts(Path path) throws IOException {
        if (page(1).getInt(ENCODING_AT) != UTF_8) {
            throw new UnusableState(path + " keeps its texts in another form than UTF-8, which OpenClaw never does");
        }
    }

    /** How many bytes of a page hold data. */
    int usable() {
        return usable;
    }

    /** One page; the first is number 1. */
    ByteBuffer page(long number) throws IOException {
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new UnusableState("the database is damaged: it refers to page " + number);
        }
        Map<Integer, Long> logged = log.frames();
        Long frame = logged.get((int) number);
        return frame == null ? read(file, (number - 1) * pageSize, pageSize) : log.page(frame);
    }

    static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new UnusableState("the database is damaged: it ends in the middle of a page");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        try (log) {
            file.close();
        }
    }
}
