package dev.gatehouse.device;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.Setting;

/**
 * Invitations, and where the devices that they are for reach the gateway.
 *
 * @param ttl how long an invitation is good for, when the one who invites does not say
 * @param openMax how many may be open at a time
 * @param gatewayUrl where invited devices reach the gateway
 * @param dashboardUrl the page of the Control UI
 */
public record InvitationSettings(
        @Setting(
                about = "How long an invitation is good for, when the one who invites does not say, 1m to 24h.",
                fallback = "10m")
        Duration ttl,

        @Setting(about = "How many invitations may be open at a time, 1 to 10000.", fallback = "100")
        int openMax,

        @Setting(
                about = "Where invited devices reach the gateway, such as wss://gateway.example; without it, where the"
                        + " one who invites has reached it.")
        Optional<String> gatewayUrl,

        @Setting(
                about = "The page of the Control UI, such as https://gateway.example/ui; with it, an invitation comes"
                        + " with a link for a browser.")
        Optional<String> dashboardUrl) {

    /** The longest time for which anybody can invite. */
    public static final Duration TTL_MAX = Duration.ofHours(24);

    /** The shortest time for which anybody can invite. */
    public static final Duration TTL_MIN = Duration.ofMinutes(1);

    private static final int OPEN_LIMIT = 10_000;

    /** Checks every bound. */
    public InvitationSettings {
        if (ttl.compareTo(TTL_MIN) < 0 || ttl.compareTo(TTL_MAX) > 0) {
            throw new IllegalArgumentException("ttl must be 1m to 24h, not '" + ttl + "'; remove it to use 10m");
        }
        if (openMax < 1 || openMax > OPEN_LIMIT) {
            throw new IllegalArgumentException(
                    "open-max must be 1 to " + OPEN_LIMIT + ", not '" + openMax + "'; remove it to use 100");
        }
        gatewayUrl
                .filter(url ->
                        GatewayUrl.parse(url).filter(GatewayUrl::isUsable).isEmpty())
                .ifPresent(url -> {
                    throw new IllegalArgumentException(
                            "gateway-url must be a wss:// URL, or a ws:// URL of this machine"
                                    + " or a private network, not '" + url + "'; write wss://gateway.example");
                });
        dashboardUrl.filter(url -> GatewayUrl.parse(url).isEmpty()).ifPresent(url -> {
            throw new IllegalArgumentException(
                    "dashboard-url must be a URL without query, not '" + url + "'; write https://gateway.example/ui");
        });
    }

    /** Where invited devices reach the gateway, if the operator says so. */
    public Optional<GatewayUrl> gateway() {
        return gatewayUrl.flatMap(GatewayUrl::parse);
    }

    /** The page of the Control UI, if the operator names one. */
    public Optional<GatewayUrl> dashboard() {
        return dashboardUrl.flatMap(GatewayUrl::parse);
    }
}
