package dev.gatehouse.system;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A WebSocket client that obeys no rule it is not asked to obey, and sees what is really on the wire.
 *
 * <p>Not for use by several threads.
 */
final class RawSocket implements Closeable {

    private static final int READ_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /** Takes over a connection, with whatever was sent on it. */
    static RawSocket over(Socket connected) throws IOException {
        return new RawSocket(connected);
    }

    /** Connects and does nothing more. */
    static RawSocket connect(Server server) throws IOException {
        return new RawSocket(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    /** Connects and upgrades; the challenge is the next thing to read. */
    static RawSocket upgrade(Server server) throws IOException {
        return upgrade(server, "/", Map.of());
    }

    static RawSocket upgrade(Server server, String path, Map<String, String> headers) throws IOException {
        return upgrade(server, "127.0.0.1:" + server.port(), path, headers);
    }

    /** Upgrades under another name than that of this machine. */
    static RawSocket upgrade(Server server, String host, String path, Map<String, String> headers) throws IOException {
        RawSocket socket = connect(server);
        socket.sendHead(host, path);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            socket.sendText(header.getKey() + ": " + header.getValue() + "\r\n");
        }
        socket.sendText("\r\n");
        socket.flush();
        String head = socket.readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            socket.close();
            throw new IOException("not upgraded: " + head);
        }
        return socket;
    }

    /** Sends an upgrade request that lacks only its last empty line. */
    void sendHead(Server server, String path) throws IOException {
        sendHead("127.0.0.1:" + server.port(), path);
    }

    private void sendHead(String host, String path) throws IOException {
        sendText("GET " + path + " HTTP/1.1\r\n"
                + "Host: " + host + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    }

    /** Sends characters as they are, outside of any frame. */
    void sendText(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void flush() throws IOException {
        out.flush();
    }

    void send(String text) throws IOException {
        Frame.text(text).writeMasked(out);
    }

    void send(Frame frame) throws IOException {
        frame.writeMasked(out);
    }

    void sendUnmasked(Frame frame) throws IOException {
        frame.writeUnmasked(out);
    }

    void sendHalf(Frame frame) throws IOException {
        frame.writeHalf(out);
    }

    /** Reads an HTTP head, up to and with its empty line; empty when the peer has closed instead. */
    String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.write(octet);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads the next frame that is not a ping. */
    Frame read() throws IOException {
        Frame frame = Frame.read(in);
        while (frame.opcode() == Frame.PING) {
            frame = Frame.read(in);
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
