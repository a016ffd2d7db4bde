package dev.gatehouse.device;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.Setting;

/**
 * How long and in what number devices may wait for an operator, and how their tokens are replaced.
 *
 * @param pendingTtl how long a pairing request waits after the last attempt of its device
 * @param pendingMax how many pairing requests may wait in all
 * @param pendingMaxPerAddress how many pairing requests may wait from one address
 * @param pollEvery how long a waiting client is told to wait between two attempts
 * @param rotationOverlap how long a rotated token stays valid
 * @param tokenLifetime how long a device token lives, or empty for ever
 * @param boundToSecret whether devices' sessions end with the shared secret that they came by
 * @param unusedExpiry how long a device may be unused before it is removed, or empty for ever
 */
public record DeviceSettings(
        @Setting(
                about = "How long a pairing request waits after the last attempt of its device, 2m to 30d.",
                fallback = "60m")
        Duration pendingTtl,

        @Setting(about = "How many pairing requests may wait in all, 1 to 100000.", fallback = "1000")
        int pendingMax,

        @Setting(about = "How many pairing requests may wait from one address, 1 to pending-max.", fallback = "32")
        int pendingMaxPerAddress,

        @Setting(about = "How long a waiting client is told to wait between two attempts, 1s to 10m.", fallback = "5s")
        Duration pollEvery,

        @Setting(
                about = "How long a rotated device token stays valid while its successor was never used, 0s to 7d;"
                        + " 0s ends it at once.",
                fallback = "10m")
        Duration rotationOverlap,

        @Setting(
                about = "How long a device token lives, 1h to 3650d, while a device in use is given another in time;"
                        + " without it tokens live until they are rotated or revoked.")
        Optional<Duration> tokenLifetime,

        @Setting(
                about = "Whether a change of the shared token or password also ends the sessions of devices that came"
                        + " by it; sessions without a device always end.",
                fallback = "false")
        boolean boundToSecret,

        @Setting(
                about =
                        "How long a device may be unused before it is removed, 7d to 3650d, of which the log and the lists"
                                + " warn for the last seventh; without it devices stay until somebody removes them.")
        Optional<Duration> unusedExpiry) {

    private static final Duration UNUSED_MIN = Duration.ofDays(7);
    private static final Duration LIFETIME_MIN = Duration.ofHours(1);
    private static final Duration YEARS = Duration.ofDays(3650);
    private static final Duration TTL_MIN = Duration.ofMinutes(2);
    private static final Duration TTL_MAX = Duration.ofDays(30);
    private static final Duration POLL_MIN = Duration.ofSeconds(1);
    private static final Duration POLL_MAX = Duration.ofMinutes(10);
    private static final Duration OVERLAP_MAX = Duration.ofDays(7);
    private static final int PENDING_LIMIT = 100_000;

    /** Checks every bound; the shortest time to live leaves room for a refresh that is written once a minute. */
    public DeviceSettings {
        if (isOutside(pendingTtl, TTL_MIN, TTL_MAX)) {
            throw new IllegalArgumentException(
                    "pending-ttl must be 2m to 30d, not '" + pendingTtl + "'; remove it to use 60m");
        }
        if (pendingMax < 1 || pendingMax > PENDING_LIMIT) {
            throw new IllegalArgumentException(
                    "pending-max must be 1 to " + PENDING_LIMIT + ", not '" + pendingMax + "'; remove it to use 1000");
        }
        if (pendingMaxPerAddress < 1 || pendingMaxPerAddress > pendingMax) {
            throw new IllegalArgumentException("pending-max-per-address must be 1 to pending-max (" + pendingMax
                    + "), not '" + pendingMaxPerAddress + "'; lower it or raise pending-max");
        }
        if (isOutside(pollEvery, POLL_MIN, POLL_MAX)) {
            throw new IllegalArgumentException(
                    "poll-every must be 1s to 10m, not '" + pollEvery + "'; remove it to use 5s");
        }
        if (isOutside(rotationOverlap, Duration.ZERO, OVERLAP_MAX)) {
            throw new IllegalArgumentException(
                    "rotation-overlap must be 0s to 7d, not '" + rotationOverlap + "'; remove it to use 10m");
        }
        if (tokenLifetime.filter(life -> isOutside(life, LIFETIME_MIN, YEARS)).isPresent()) {
            throw new IllegalArgumentException("token-lifetime must be 1h to 3650d, not '" + tokenLifetime.get()
                    + "'; remove it to let tokens live until they are rotated or revoked");
        }
        if (unusedExpiry.filter(time -> isOutside(time, UNUSED_MIN, YEARS)).isPresent()) {
            throw new IllegalArgumentException("unused-expiry must be 7d to 3650d, not '" + unusedExpiry.get()
                    + "'; remove it to keep devices until somebody removes them");
        }
    }

    /** Settings by which nothing ends of itself. */
    public DeviceSettings(
            Duration pendingTtl,
            int pendingMax,
            int pendingMaxPerAddress,
            Duration pollEvery,
            Duration rotationOverlap) {
        this(
                pendingTtl,
                pendingMax,
                pendingMaxPerAddress,
                pollEvery,
                rotationOverlap,
                Optional.empty(),
                false,
                Optional.empty());
    }

    private static boolean isOutside(Duration duration, Duration min, Duration max) {
        return duration.compareTo(min) < 0 || duration.compareTo(max) > 0;
    }
}
