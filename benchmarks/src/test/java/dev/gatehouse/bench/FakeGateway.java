package dev.gatehouse.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway of one port: shakes hands over WebSocket, and approves, revokes and removes devices over REST. */
final class FakeGateway implements Closeable {

    static final String SHARED_TOKEN = "the-shared-token";
    static final String API_KEY = "the-api-key";

    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> approvedRequests = ConcurrentHashMap.newKeySet();
    private final Set<String> peers = ConcurrentHashMap.newKeySet();
    private final Map<String, FakeWire> sessions = new ConcurrentHashMap<>();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger approvals = new AtomicInteger();
    private final AtomicInteger pongs = new AtomicInteger();

    FakeGateway() throws IOException {
        threads.execute(this::accept);
    }

    String url() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/";
    }

    int approvals() {
        return approvals.get();
    }

    Set<String> removed() {
        return removed;
    }

    int pongs() {
        return pongs.get();
    }

    Set<String> peers() {
        return peers;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            FakeWire wire = new FakeWire(socket);
            String head = wire.readHead();
            if (head.startsWith("POST ")) {
                approve(wire, head);
                return;
            }
            if (head.startsWith("DELETE ")) {
                delete(wire, head);
                return;
            }
            peers.add(socket.getInetAddress().getHostAddress());
            wire.upgrade(head);
            shakeHands(wire);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void approve(FakeWire wire, String head) throws IOException {
        boolean authorised = head.contains("Authorization: Bearer " + API_KEY + "\r\n");
        if (authorised) {
            approvedRequests.add(head.replaceFirst("(?s)^POST /api/v1/pairing-requests/(\\S+)/approve .*", "$1"));
            approvals.incrementAndGet();
        }
        wire.answerHttp(authorised ? 200 : 401);
    }

    private void delete(FakeWire wire, String head) throws IOException {
        String path = head.substring("DELETE /api/v1/devices/".length(), head.indexOf(" HTTP"));
        FakeWire session = sessions.get(path.replace("/tokens/operator", ""));
        if (path.endsWith("/tokens/operator") && session != null) {
            session.sendClose(4001);
        } else {
            removed.add(path);
        }
        wire.answerHttpWithoutBody(204);
    }

    private void shakeHands(FakeWire wire) throws IOException {
        FakeAdmission admission = new FakeAdmission(approvedRequests);
        wire.sendText(admission.challenge());
        String answer = admission.answer(wire.readText());
        wire.sendText(answer);
        if (answer.contains("\"ok\":false")) {
            wire.sendClose(1008);
            return;
        }
        admission.device().ifPresent(device -> sessions.put(device, wire));
        wire.send(PING, new byte[] {1});
        int opcode;
        do {
            opcode = wire.readFrame().opcode();
            pongs.addAndGet(opcode == PONG ? 1 : 0);
        } while (opcode == PONG);
        wire.sendClose(1000);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
