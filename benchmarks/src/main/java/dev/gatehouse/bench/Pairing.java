package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.gatehouse.bench.client.Answer;
import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.ClientProfile;
import dev.gatehouse.bench.client.Credential;
import dev.gatehouse.bench.client.Session;

/**
 * Brings devices through the real pairing: refused with a request id, approved over REST, admitted with a device token.
 *
 * <p>Each of a few threads finishes one device before it begins the next, so there are never more requests waiting than
 * threads, far below what a gateway caps.
 */
final class Pairing {

    private static final int PARALLEL = 8;

    private final Gateway gateway;
    private final ManagementApi api;
    private final Credential sharedToken;
    private final PairedDevices devices;

    Pairing(Gateway gateway, ManagementApi api, Credential sharedToken, PairedDevices devices) {
        this.gateway = gateway;
        this.api = api;
        this.sharedToken = sharedToken;
        this.devices = devices;
    }

    /** Pairs what is missing among the first so many devices; returns how many that were. */
    int pairUpTo(int count) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Future<?>> futures = new ArrayList<>();
            IntStream.range(0, count)
                    .filter(index -> !devices.contains(index))
                    .forEach(index -> futures.add(threads.submit(() -> {
                        pair(index);
                        return index;
                    })));
            for (Future<?> future : futures) {
                future.get();
            }
            return futures.size();
        } catch (ExecutionException e) {
            throw new IOException("pairing failed: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void pair(int index) throws IOException, InterruptedException {
        Caller caller = new Caller.WithDevice(ClientProfile.BACKEND, devices.key(index), sharedToken);
        Answer answer = knock(caller);
        if (answer instanceof Answer.Refused refused && refused.requestId().isPresent()) {
            api.approve(refused.requestId().get());
            answer = knock(caller);
        }
        devices.add(index, deviceToken(index, answer));
    }

    private Answer knock(Caller caller) throws IOException {
        try (Session session = gateway.connect(caller)) {
            session.leave();
            return session.answer();
        }
    }

    private static String deviceToken(int index, Answer answer) throws IOException {
        if (answer instanceof Answer.Admitted admitted && admitted.deviceToken().isPresent()) {
            return admitted.deviceToken().get();
        }
        throw new IOException("device " + index + " was " + answer + " without a new device token; when its token is "
                + "lost, remove the device or choose another " + Option.SEED.flag());
    }
}
