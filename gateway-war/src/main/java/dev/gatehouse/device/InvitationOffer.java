package dev.gatehouse.device;

import java.time.Duration;
import java.util.Optional;

/**
 * What somebody wants to invite a device to.
 *
 * @param profile what the device is to be approved for
 * @param label what it is to be called: 1 to 64 characters
 * @param ttl how long the invitation is to be good for, or empty for the time of the settings
 * @param gatewayUrl where the device reaches the gateway
 * @param dashboardUrl the page of the Control UI, for a link
 */
public record InvitationOffer(
        InvitationProfile profile,
        Optional<String> label,
        Optional<Duration> ttl,
        GatewayUrl gatewayUrl,
        Optional<GatewayUrl> dashboardUrl) {}
