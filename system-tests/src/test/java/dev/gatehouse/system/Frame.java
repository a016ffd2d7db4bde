package dev.gatehouse.system;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One WebSocket frame as it is on the wire (RFC 6455, section 5.2). */
final class Frame {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;

    private static final byte[] MASK = {1, 2, 3, 4};

    private final boolean isLast;
    private final int opcode;
    private final byte[] payload;

    Frame(boolean isLast, int opcode, byte[] payload) {
        this.isLast = isLast;
        this.opcode = opcode;
        this.payload = payload.clone();
    }

    static Frame text(String text) {
        return new Frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = switch (second & 0x7f) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second & 0x7f;
        };
        return new Frame((first & 0x80) != 0, first & 0x0f, in.readNBytes(Math.toIntExact(length)));
    }

    void writeMasked(DataOutputStream out) throws IOException {
        writeHead(out, true, payload.length);
        out.write(MASK);
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (byte) (payload[i] ^ MASK[i % MASK.length]);
        }
        out.write(masked);
        out.flush();
    }

    /** What no client may do. */
    void writeUnmasked(DataOutputStream out) throws IOException {
        writeHead(out, false, payload.length);
        out.write(payload);
        out.flush();
    }

    /** Promises the whole payload and sends half of it. */
    void writeHalf(DataOutputStream out) throws IOException {
        writeHead(out, true, payload.length);
        out.write(MASK);
        out.write(payload, 0, payload.length / 2);
        out.flush();
    }

    private void writeHead(DataOutputStream out, boolean isMasked, int length) throws IOException {
        int maskBit = isMasked ? 0x80 : 0;
        out.writeByte((isLast ? 0x80 : 0) | opcode);
        if (length < 126) {
            out.writeByte(maskBit | length);
        } else if (length < 65_536) {
            out.writeByte(maskBit | 126);
            out.writeShort(length);
        } else {
            out.writeByte(maskBit | 127);
            out.writeLong(length);
        }
    }

    int opcode() {
        return opcode;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The close code, or 1005 when the frame has none. */
    int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
}
