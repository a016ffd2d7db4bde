package dev.gatehouse.handshake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.UnadmittedSockets;
import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.testkit.MutableClock;

/** Places of sockets that are not admitted yet, a few of each address. */
final class Places {

    private final UnadmittedSockets sockets;

    Places(int perAddress) {
        sockets = new UnadmittedSockets(
                () -> new LimitSettings(perAddress, 1000, 64, 10_000, 1000),
                () -> Duration.ofMinutes(1),
                new MutableClock());
    }

    UnadmittedSockets sockets() {
        return sockets;
    }

    /** Takes so many places of an address. */
    void take(String address, int count) throws UnknownHostException {
        for (int i = 0; i < count; i++) {
            var unused = sockets.enter(InetAddress.getByName(address)).orElseThrow();
        }
    }

    /** Some place. */
    static Place place() {
        return new Places(1).sockets.enter(InetAddress.getLoopbackAddress()).orElseThrow();
    }
}
