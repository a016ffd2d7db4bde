package dev.gatehouse.bench.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One whole WebSocket frame, unmasked. */
record Frame(Opcode opcode, ByteBuffer payload) {

    /** RFC 6455: what a close frame without a code counts as. */
    private static final int NO_CODE = 1005;

    static Frame text(String text) {
        return new Frame(Opcode.TEXT, StandardCharsets.UTF_8.encode(text));
    }

    static Frame close(int code) {
        return new Frame(
                Opcode.CLOSE, ByteBuffer.allocate(2).putShort((short) code).flip());
    }

    Frame answerToPing() {
        return new Frame(Opcode.PONG, payload);
    }

    String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    int closeCode() {
        return payload.remaining() < 2 ? NO_CODE : payload.getShort(payload.position()) & 0xFFFF;
    }
}
