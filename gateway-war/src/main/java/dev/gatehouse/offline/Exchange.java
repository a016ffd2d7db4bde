package dev.gatehouse.offline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One line each way over a connected socket. The connection says nothing else. */
final class Exchange {

    private static final int CHUNK = 64 * 1024;

    private Exchange() {}

    /**
     * Reads up to the end of the line.
     *
     * @throws IOException when the line has more bytes than allowed, or the peer leaves before its end
     */
    static String readLine(SocketChannel channel, int bytesMax) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (channel.read(chunk) >= 0) {
            int received = chunk.position();
            int end = endOfLine(chunk.array(), received);
            line.write(chunk.array(), 0, end);
            if (line.size() > bytesMax) {
                throw new IOException("the line has more than " + bytesMax + " bytes");
            }
            if (end < received) {
                return line.toString(StandardCharsets.UTF_8);
            }
            chunk.clear();
        }
        throw new IOException("the peer left in the middle of a line");
    }

    static void writeLine(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int endOfLine(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return length;
    }
}
