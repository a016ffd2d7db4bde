package dev.gatehouse.ban;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.address.AddressRange;

/** Who a ban shuts out. */
public sealed interface Target {

    /**
     * Everybody who comes from an address or a network.
     *
     * @param range at least 8 leading bits of IPv4, or 16 of IPv6
     */
    record Network(AddressRange range) implements Target {

        private static final int IPV4_BYTES = 4;
        private static final int WIDEST_IPV4 = 8;
        private static final int WIDEST_IPV6 = 16;

        /** Checks that it is not nearly everybody. */
        public Network {
            int widest = range.base().getAddress().length == IPV4_BYTES ? WIDEST_IPV4 : WIDEST_IPV6;
            if (range.prefix() < widest) {
                throw new IllegalArgumentException(
                        "a ban may cover a network of /" + widest + " at most, not " + range);
            }
        }

        @Override
        public boolean covers(InetAddress address, Optional<String> device) {
            return range.contains(address);
        }

        @Override
        public Optional<String> device() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "address " + range;
        }
    }

    /**
     * One device.
     *
     * @param id the SHA-256 of its key as 64 hex digits (wire reference 3.1)
     */
    record Device(String id) implements Target {

        private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

        /** Checks the form of the id. */
        public Device {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "a device id is 64 hex digits in lower case, as GET /devices shows it");
            }
        }

        @Override
        public boolean covers(InetAddress address, Optional<String> device) {
            return device.filter(id::equals).isPresent();
        }

        @Override
        public Optional<String> device() {
            return Optional.of(id);
        }

        @Override
        public String toString() {
            return "device " + id;
        }
    }

    /**
     * Whether a connection is one of those.
     *
     * @param address where it comes from
     * @param device the device that it proved to be, if it proved to be one
     */
    boolean covers(InetAddress address, Optional<String> device);

    /** The device, if it is one. */
    Optional<String> device();

    /**
     * Reads what {@code toString} wrote.
     *
     * @throws IllegalArgumentException when that did not write it
     */
    static Target parse(String text) {
        int space = text.indexOf(' ');
        String kind = text.substring(0, Math.max(space, 0));
        String rest = text.substring(space + 1);
        return switch (kind) {
            case "address" -> new Network(AddressRange.parse(rest));
            case "device" -> new Device(rest);
            default -> throw new IllegalArgumentException("no target of a ban: '" + text + "'");
        };
    }
}
