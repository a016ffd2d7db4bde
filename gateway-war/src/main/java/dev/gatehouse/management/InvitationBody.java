package dev.gatehouse.management;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.device.InvitationOffer;
import dev.gatehouse.device.InvitationProfile;
import dev.gatehouse.device.InvitationSettings;

/**
 * Whom an operator invites.
 *
 * @param profile what the device is to be approved for
 * @param label what it is to be called
 * @param ttl how long the invitation is to be good for, such as {@code 30m}
 * @param gatewayUrl where the device reaches the gateway; absent for that of the settings, or of this call
 * @param dashboardUrl the page of the Control UI; absent for that of the settings
 */
record InvitationBody(
        Optional<String> profile,
        Optional<String> label,
        Optional<String> ttl,
        Optional<String> gatewayUrl,
        Optional<String> dashboardUrl) {

    private static final Pattern TTL = Pattern.compile("([0-9]{1,6})([smh])");

    static InvitationBody ofNothing() {
        return new InvitationBody(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What the operator offers.
     *
     * @param reached where this call has reached the gateway
     */
    InvitationOffer offer(InvitationSettings settings, Optional<GatewayUrl> reached) {
        return new InvitationOffer(
                profile.flatMap(InvitationProfile::parse).orElseThrow(InvitationBody::noProfile),
                label,
                ttl.map(InvitationBody::duration),
                gatewayUrl
                        .map(url -> url(url, "gatewayUrl", "wss://gateway.example"))
                        .or(settings::gateway)
                        .or(() -> reached)
                        .orElseThrow(InvitationBody::noUrl),
                dashboardUrl
                        .map(url -> url(url, "dashboardUrl", "https://gateway.example/ui"))
                        .or(settings::dashboard));
    }

    private static Duration duration(String text) {
        Matcher parts = TTL.matcher(text);
        if (!parts.matches()) {
            throw invalid("ttl must be a duration such as 30m, 1m to 24h");
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static GatewayUrl url(String text, String member, String example) {
        return GatewayUrl.parse(text)
                .orElseThrow(
                        () -> invalid(member + " must be a URL without user, query and fragment, such as " + example));
    }

    private static ProblemException noProfile() {
        return invalid("profile must be one of " + InvitationProfile.labels());
    }

    private static ProblemException noUrl() {
        return invalid("give gatewayUrl, or set invitations.gateway-url");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.unprocessable("INVITATION_INVALID", detail));
    }
}
