package dev.gatehouse.qr;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes square images in black and white as PNG (RFC 2083), one bit for each pixel. */
final class PngWriter {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 13;
    private static final int BUFFER = 4096;

    private PngWriter() {}

    /** Says which pixels are dark. */
    interface Pixels {
        boolean isDark(int x, int y);
    }

    static byte[] write(int size, Pixels pixels) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // One bit, grey, deflate, adaptive filters, not interlaced.
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).putInt(size).putInt(size).put((byte) 1);
        writeChunk(png, "IHDR", header.array());
        writeChunk(png, "IDAT", deflated(rows(size, pixels)));
        writeChunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** Each row begins with the kind of its filter, here none; a bit that is set is white. */
    private static byte[] rows(int size, Pixels pixels) {
        int rowBytes = 1 + (size + Byte.SIZE - 1) / Byte.SIZE;
        byte[] rows = new byte[rowBytes * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (!pixels.isDark(x, y)) {
                    rows[y * rowBytes + 1 + x / Byte.SIZE] |= (byte) (0x80 >> (x % Byte.SIZE));
                }
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void writeChunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        png.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }
}
