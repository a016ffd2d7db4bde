package dev.gatehouse.bench.load;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The local addresses that handshakes start from, in turn; safe for use by many threads.
 *
 * <p>A gateway caps what one address may do before it is admitted, and one address runs out of ports.
 */
public final class SourceAddresses {

    private static final int MAX = 250;

    private final List<InetAddress> addresses;
    private final AtomicInteger next = new AtomicInteger();

    private SourceAddresses(List<InetAddress> addresses) {
        this.addresses = addresses;
    }

    /** 127.0.0.1, 127.0.0.2 and so on: every one of them is this machine. */
    public static SourceAddresses loopback(int count) {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("'" + count + "' source addresses; 1 to " + MAX + " are possible");
        }
        return new SourceAddresses(IntStream.rangeClosed(1, count)
                .mapToObj(last -> address(127, 0, 0, last))
                .toList());
    }

    /** Whatever the system chooses. */
    public static SourceAddresses any() {
        return new SourceAddresses(List.of(address(0, 0, 0, 0)));
    }

    public InetAddress next() {
        return addresses.get(Math.floorMod(next.getAndIncrement(), addresses.size()));
    }

    private static InetAddress address(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
