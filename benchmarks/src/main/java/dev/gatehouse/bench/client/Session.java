package dev.gatehouse.bench.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Selector;

/** A handshake that got an answer, with the socket it happened on; still open when the answer was a hello. */
public final class Session implements Closeable {

    private static final int NORMAL_CLOSURE = 1000;

    private final WebSocket socket;
    private final Answer answer;
    private final Timings timings;

    Session(WebSocket socket, Answer answer, Timings timings) {
        this.socket = socket;
        this.answer = answer;
        this.timings = timings;
    }

    public Answer answer() {
        return answer;
    }

    public Timings timings() {
        return timings;
    }

    /** Leaves the session open and idle, watched by the selector; the key's attachment is this session. */
    public void hold(Selector selector) throws IOException {
        socket.hold(selector, this);
    }

    /** Takes what arrived while held; false when the gateway ended the session. */
    public boolean drain() throws IOException {
        return socket.drain();
    }

    /** Closes as a well-behaved client does: close frame, then the gateway's close frame, then the connection. */
    public void leave() throws IOException {
        try (socket) {
            sayGoodbye();
            if (answer instanceof Answer.Admitted) {
                awaitClose();
            }
        }
    }

    /** Sends the close frame and waits for nothing; how a held session ends. */
    public void sayGoodbye() throws IOException {
        socket.send(Frame.close(NORMAL_CLOSURE));
    }

    private void awaitClose() throws IOException {
        Frame frame;
        do {
            frame = socket.receive();
        } while (frame.opcode() != Opcode.CLOSE);
    }

    /** Drops the connection without a word. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
