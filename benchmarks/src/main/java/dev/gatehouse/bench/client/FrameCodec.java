package dev.gatehouse.bench.client;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Writes the masked frames of a client and reads the unmasked frames of a server, as RFC 6455 section 5.2 lays them out. */
final class FrameCodec {

    static final int MAX_PAYLOAD = 1 << 20;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;

    private FrameCodec() {}

    /** Takes the next frame off the buffer, or leaves the buffer as it is while the frame is not all there. */
    static Optional<Frame> decode(ByteBuffer in) throws ProtocolException {
        if (in.remaining() < 2) {
            return Optional.empty();
        }
        int start = in.position();
        int first = in.get(start) & 0xFF;
        int second = in.get(start + 1) & 0xFF;
        if ((first & 0xF0) != FINAL) {
            throw new ProtocolException("fragment or extension bits in a frame that needs neither");
        }
        if ((second & MASKED) != 0) {
            throw new ProtocolException("masked frame from the server");
        }
        int header = headerLength(second);
        if (in.remaining() < header) {
            return Optional.empty();
        }
        int length = payloadLength(in, start, second);
        if (in.remaining() < header + length) {
            return Optional.empty();
        }
        byte[] payload = new byte[length];
        in.position(start + header).get(payload);
        return Optional.of(new Frame(Opcode.of(first & 0x0F), ByteBuffer.wrap(payload)));
    }

    private static int headerLength(int lengthByte) {
        return switch (lengthByte) {
            case SHORT_LENGTH -> 4;
            case LONG_LENGTH -> 10;
            default -> 2;
        };
    }

    private static int payloadLength(ByteBuffer in, int start, int lengthByte) throws ProtocolException {
        long length = switch (lengthByte) {
            case SHORT_LENGTH -> in.getShort(start + 2) & 0xFFFF;
            case LONG_LENGTH -> in.getLong(start + 2);
            default -> lengthByte;
        };
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new ProtocolException("frame of " + Long.toUnsignedString(length) + " bytes");
        }
        return (int) length;
    }

    static ByteBuffer encode(Frame frame, int mask) {
        ByteBuffer payload = frame.payload().duplicate();
        int length = payload.remaining();
        ByteBuffer out = ByteBuffer.allocate(14 + length);
        out.put((byte) (FINAL | frame.opcode().number()));
        if (length < SHORT_LENGTH) {
            out.put((byte) (MASKED | length));
        } else if (length <= 0xFFFF) {
            out.put((byte) (MASKED | SHORT_LENGTH)).putShort((short) length);
        } else {
            out.put((byte) (MASKED | LONG_LENGTH)).putLong(length);
        }
        out.putInt(mask);
        for (int i = 0; i < length; i++) {
            out.put((byte) (payload.get() ^ (mask >>> (24 - 8 * (i & 3)))));
        }
        return out.flip();
    }
}
