package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.Session;
import dev.gatehouse.bench.load.HeldSessions;
import dev.gatehouse.bench.load.Latency;

/**
 * Revokes devices one after the other over REST while all of them have a session, and takes the time from the operator's
 * request to the close frame at the client. Confined to one thread, but for the arrivals of the close frames.
 */
final class Revocations {

    private static final int OPENERS = 16;
    private static final long PATIENCE_SECONDS = 15;

    private final Gateway gateway;
    private final ManagementApi api;
    private final Map<Session, Caller.WithDevice> sessions = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Long>> closedAt = new ConcurrentHashMap<>();
    private final List<Long> toAnswer = new ArrayList<>();
    private final List<Long> toClose = new ArrayList<>();

    Revocations(Gateway gateway, ManagementApi api) {
        this.gateway = gateway;
        this.api = api;
    }

    RevokeFigures run(List<Caller.WithDevice> devices) throws IOException, InterruptedException {
        devices.forEach(device -> closedAt.put(device.key().id(), new CompletableFuture<>()));
        Queue<Caller.WithDevice> waiting = new ConcurrentLinkedQueue<>(devices);
        try (HeldSessions held = new HeldSessions(this::ended)) {
            held.open(devices.size(), OPENERS, () -> connect(waiting.remove()));
            int open = held.alive();
            for (Caller.WithDevice device : List.copyOf(sessions.values())) {
                revoke(device.key().id());
            }
            return new RevokeFigures(open, toClose.size(), Latency.of(toAnswer), Latency.of(toClose), held.errors());
        }
    }

    private Session connect(Caller.WithDevice device) throws IOException {
        Session session = gateway.connect(device);
        sessions.put(session, device);
        return session;
    }

    private void ended(Session session) {
        long now = System.nanoTime();
        Caller.WithDevice device = sessions.get(session);
        if (device != null) {
            closedAt.getOrDefault(device.key().id(), new CompletableFuture<>()).complete(now);
        }
    }

    private void revoke(String deviceId) throws IOException, InterruptedException {
        CompletableFuture<Long> closed = closedAt.getOrDefault(deviceId, new CompletableFuture<>());
        if (closed.isDone()) {
            throw new IOException("the session of " + deviceId + " ended before its device was revoked");
        }
        long start = System.nanoTime();
        api.revoke(deviceId);
        toAnswer.add(System.nanoTime() - start);
        try {
            toClose.add(closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - start);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the session of " + deviceId + " was not closed after its device was revoked", e);
        }
    }
}
