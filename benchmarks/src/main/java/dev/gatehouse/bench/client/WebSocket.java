package dev.gatehouse.bench.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client's WebSocket on a raw socket.
 *
 * <p>Used by one thread at a time: blocking while it shakes hands, then, when it is to be held idle, handed to a
 * selector with {@link #hold} and served by {@link #drain}.
 */
final class WebSocket implements Closeable {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int INITIAL_BUFFER = 4096;

    private final SocketChannel channel;
    private final InputStream blockingInput;
    private ByteBuffer inbound = ByteBuffer.allocate(INITIAL_BUFFER).flip();

    private WebSocket(SocketChannel channel, InputStream blockingInput) {
        this.channel = channel;
        this.blockingInput = blockingInput;
    }

    /** Opens the TCP connection; the time-out is that of the connect and of each later blocking read. */
    static WebSocket dial(InetSocketAddress remote, InetAddress source, Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(source, 0));
            channel.socket().connect(remote, (int) timeout.toMillis());
            channel.socket().setSoTimeout((int) timeout.toMillis());
            return new WebSocket(channel, channel.socket().getInputStream());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void upgrade(HttpUpgrade upgrade) throws IOException {
        write(upgrade.request());
        int end = received().indexOf(END_OF_HEAD);
        while (end < 0) {
            readMore();
            end = received().indexOf(END_OF_HEAD);
        }
        upgrade.verify(received().substring(0, end));
        inbound.position(inbound.position() + end + END_OF_HEAD.length());
    }

    private String received() {
        return StandardCharsets.ISO_8859_1.decode(inbound.duplicate()).toString();
    }

    void send(Frame frame) throws IOException {
        // The mask protects proxies from hostile scripts; none of either here, so a cheap random number will do.
        write(FrameCodec.encode(frame, ThreadLocalRandom.current().nextInt()));
    }

    /** Waits for the next text or close frame and answers pings meanwhile. */
    Frame receive() throws IOException {
        while (true) {
            Optional<Frame> frame = FrameCodec.decode(inbound);
            if (frame.isEmpty()) {
                readMore();
            } else if (!answeredByItself(frame.get())) {
                return frame.get();
            }
        }
    }

    private boolean answeredByItself(Frame frame) throws IOException {
        if (frame.opcode() == Opcode.PING) {
            send(frame.answerToPing());
        }
        return frame.opcode() == Opcode.PING || frame.opcode() == Opcode.PONG;
    }

    /** Leaves blocking mode for good and lets the selector watch for what the server sends. */
    void hold(Selector selector, Object attachment) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    /** Takes what has arrived on a held socket and answers pings; false when the server closed the session. */
    boolean drain() throws IOException {
        int count;
        do {
            makeRoom();
            count = channel.read(inbound);
            inbound.flip();
            if (sawClose()) {
                return false;
            }
        } while (count > 0);
        return count == 0;
    }

    private boolean sawClose() throws IOException {
        Optional<Frame> frame = FrameCodec.decode(inbound);
        while (frame.isPresent()) {
            if (!answeredByItself(frame.get()) && frame.get().opcode() == Opcode.CLOSE) {
                return true;
            }
            frame = FrameCodec.decode(inbound);
        }
        return false;
    }

    private void readMore() throws IOException {
        makeRoom();
        int count = blockingInput.read(inbound.array(), inbound.position(), inbound.remaining());
        if (count > 0) {
            inbound.position(inbound.position() + count);
        }
        inbound.flip();
        if (count < 0) {
            throw new EOFException("connection closed without a close frame");
        }
    }

    /** Turns the buffer to writing, twice as large when it is full of an unfinished frame. */
    private void makeRoom() {
        if (inbound.remaining() < inbound.capacity()) {
            inbound.compact();
            return;
        }
        inbound = ByteBuffer.allocate(inbound.capacity() * 2).put(inbound);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
