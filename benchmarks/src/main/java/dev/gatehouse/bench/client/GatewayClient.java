package dev.gatehouse.bench.client;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/**
 * Knocks at a gateway.
 *
 * <p>One handshake is: TCP connect, HTTP upgrade, the gateway's challenge, the connect frame (signed, when the caller
 * has a device), and then either the hello or an error frame with a close frame after it. Safe for use by many threads;
 * each handshake stays on the thread that asked for it.
 */
public final class GatewayClient {

    private final Endpoint endpoint;
    private final Duration timeout;

    /** The time-out is that of each single wait. */
    public GatewayClient(Endpoint endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    /** Shakes hands from the given local address. */
    public Session connect(InetAddress source, Caller caller) throws IOException {
        Timings timings = new Timings();
        WebSocket socket = WebSocket.dial(endpoint.address(), source, timeout);
        try {
            timings.finished(Phase.TCP);
            Answer answer = shakeHands(socket, caller, timings);
            return new Session(socket, answer, timings);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Answer shakeHands(WebSocket socket, Caller caller, Timings timings) throws IOException {
        socket.upgrade(new HttpUpgrade(endpoint));
        timings.finished(Phase.UPGRADE);
        Challenge challenge = ServerMessage.parse(receiveText(socket)).challenge();
        timings.finished(Phase.CHALLENGE);
        Frame connect = Frame.text(caller.connectFrame(challenge));
        timings.finished(Phase.SIGN);
        socket.send(connect);
        Answer answer = awaitAnswer(socket);
        timings.finished(Phase.ANSWER);
        return answer;
    }

    private static Answer awaitAnswer(WebSocket socket) throws IOException {
        ServerMessage message;
        do {
            message = ServerMessage.parse(receiveText(socket));
        } while (!message.isResponse());
        return message.isHello() ? message.admitted() : message.refused(awaitCloseCode(socket));
    }

    private static int awaitCloseCode(WebSocket socket) throws IOException {
        Frame frame = socket.receive();
        if (frame.opcode() != Opcode.CLOSE) {
            throw new HandshakeFailed("refusal without a close frame");
        }
        return frame.closeCode();
    }

    private static String receiveText(WebSocket socket) throws IOException {
        Frame frame = socket.receive();
        if (frame.opcode() == Opcode.CLOSE) {
            throw new HandshakeFailed("closed " + frame.closeCode() + " before an answer");
        }
        return frame.text();
    }
}
