package dev.gatehouse.bench.client;

import java.net.ProtocolException;

/** What a WebSocket frame is, by the number on the wire. */
enum Opcode {
    TEXT(0x1),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Opcode of(int number) throws ProtocolException {
        for (Opcode opcode : values()) {
            if (opcode.number == number) {
                return opcode;
            }
        }
        throw new ProtocolException("frame with opcode " + number);
    }
}
