package dev.gatehouse.limit;

import dev.gatehouse.spi.Setting;

/**
 * How much at a time, and how many wrong secrets in an hour.
 *
 * @param unadmittedPerAddress open sockets of one address whose clients are not admitted yet
 * @param unadmitted such sockets of all addresses
 * @param sessionsPerDevice live sessions of one device
 * @param sessions live sessions of this node
 * @param guessesPerHour wrong secrets that are compared in an hour
 */
public record LimitSettings(
        @Setting(
                about = "How many open sockets one address may have that are not admitted yet, 1 to 100000; an address"
                        + " of IPv6 counts with its whole /64, and a socket more is answered with HTTP 503.",
                fallback = "32")
        int unadmittedPerAddress,

        @Setting(about = "How many sockets of all addresses may be not admitted yet, 1 to 100000.", fallback = "1000")
        int unadmitted,

        @Setting(about = "How many live sessions one device may have, 1 to 100000.", fallback = "64")
        int sessionsPerDevice,

        @Setting(about = "How many live sessions there may be on this node, 1 to 1000000.", fallback = "10000")
        int sessions,

        @Setting(
                about =
                        "How many wrong secrets of clients that nobody knows are compared in an hour, of all addresses,"
                                + " 20 to 1000000; beyond it only known devices come in by a secret, until the hour has passed.",
                fallback = "1000")
        int guessesPerHour) {

    /** What holds where nothing is written. */
    public static final LimitSettings STANDARD = new LimitSettings(32, 1000, 64, 10_000, 1000);

    private static final int FEWEST_GUESSES = 20;
    private static final int MANY = 100_000;
    private static final int MOST = 1_000_000;

    /** Checks each bound. */
    public LimitSettings {
        require("unadmitted-per-address", unadmittedPerAddress, MANY, 32);
        require("unadmitted", unadmitted, MANY, 1000);
        require("sessions-per-device", sessionsPerDevice, MANY, 64);
        require("sessions", sessions, MOST, 10_000);
        require("guesses-per-hour", guessesPerHour, FEWEST_GUESSES, MOST, 1000);
    }

    private static void require(String setting, int value, int most, int fallback) {
        require(setting, value, 1, most, fallback);
    }

    private static void require(String setting, int value, int fewest, int most, int fallback) {
        if (value < fewest || value > most) {
            throw new IllegalArgumentException(setting + ": '" + value + "' is not between " + fewest + " and " + most
                    + "; remove it to use " + fallback);
        }
    }
}
