package dev.gatehouse.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.device.Invitation;
import dev.gatehouse.device.InvitationOffer;
import dev.gatehouse.device.InvitationProfile;
import dev.gatehouse.device.InvitationSettings;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.NewInvitation;
import dev.gatehouse.device.UnknownInvitation;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.qr.QrImage;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;

/**
 * The methods by which clients invite devices (wire reference 8.2): callable, but in no hello, as with the reference
 * gateway.
 */
public final class SetupMethods implements MethodTable {

    private static final int URL_MAX = 512;
    private static final int ID_MAX = 128;

    private final Invitations invitations;
    private final String contextPath;

    /**
     * The methods of a gateway.
     *
     * @param contextPath where the gateway is deployed on its server; empty for the root
     */
    public SetupMethods(Invitations invitations, String contextPath) {
        this.invitations = invitations;
        this.contextPath = contextPath;
    }

    private record Wish(Optional<String> publicUrl, Optional<String> profile, boolean qr, boolean joinUrl) {

        static Wish read(Members params) {
            var unused = params.flag("preferRemoteUrl"); // the gateway has one URL
            return new Wish(
                    params.optionalText("publicUrl", 1, URL_MAX),
                    params.optionalOneOf("bootstrapProfile", Set.of("limited", "node", "voice-node")),
                    params.flag("includeQr").orElse(true),
                    params.flag("joinUrl").orElse(false));
        }
    }

    private record Source(GatewayUrl url, String name) {}

    @Override
    public List<Method<?>> table() {
        return List.of(
                Method.operator("device.pair.setupCode", Scopes.ADMIN, Wish::read, this::invite)
                        .unadvertised(),
                Method.operator(
                                "device.pair.setupStatus",
                                Scopes.ADMIN,
                                params -> params.text("setupId", ID_MAX),
                                this::status)
                        .unadvertised());
    }

    private Map<String, Object> invite(Caller caller, Wish wish) {
        Source source = source(caller, wish);
        InvitationProfile wanted = profile(wish);
        if (wish.joinUrl() && !source.url().isSecure()) {
            throw new Refused(
                    "Join URLs require a TLS gateway endpoint, except for loopback. Use the setup code directly"
                            + " for plaintext LAN pairing.");
        }
        // As the reference does for what the caller did not ask for by name.
        boolean isDowngraded =
                wish.profile().isEmpty() && wanted.isPowerful() && !source.url().isSecure();
        InvitationProfile profile = isDowngraded ? InvitationProfile.LIMITED : wanted;
        NewInvitation made = invitations.invite(
                caller.authority(),
                new InvitationOffer(profile, Optional.empty(), Optional.empty(), source.url(), Optional.empty()));
        return result(made, wish, source, caller, isDowngraded);
    }

    private static Map<String, Object> result(
            NewInvitation made, Wish wish, Source source, Caller caller, boolean isDowngraded) {
        Invitation invitation = made.invitation();
        String setupCode = made.handover().setupCode().text();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("setupId", invitation.invitationId());
        result.put("expiresAtMs", invitation.expiresAt().toEpochMilli());
        result.put("setupCode", setupCode);
        made.joinUrl().filter(link -> wish.joinUrl()).ifPresent(link -> result.put("joinUrl", link));
        if (wish.qr()) {
            result.put("qrDataUrl", QrImage.of(setupCode).dataUrl());
        }
        result.put("gatewayUrl", source.url().text());
        result.put("auth", caller.method().equals(Identity.PASSWORD) ? Identity.PASSWORD : Identity.TOKEN);
        result.put("urlSource", source.name());
        result.put("access", invitation.profile().access().label());
        if (isDowngraded) {
            result.put("accessDowngraded", true);
        }
        return result;
    }

    private Map<String, Object> status(Caller caller, String setupId) {
        try {
            Invitation invitation = invitations.invitation(caller.authority(), setupId);
            return invitation
                    .completion()
                    .<Map<String, Object>>map(by -> Map.of("completion", DeviceJson.completion(invitation, by)))
                    .orElseGet(Map::of);
        } catch (UnknownInvitation e) {
            return Map.of(); // as for one that nobody redeemed
        }
    }

    private static InvitationProfile profile(Wish wish) {
        if (wish.joinUrl() && !wish.profile().orElse("node").equals("node")) {
            throw new Refused("Join URLs require bootstrapProfile=node.");
        }
        return wish.profile()
                .flatMap(InvitationProfile::parse)
                .orElse(wish.joinUrl() ? InvitationProfile.NODE : InvitationProfile.FULL);
    }

    private Source source(Caller caller, Wish wish) {
        InvitationSettings settings = invitations.settings();
        if (wish.publicUrl().isPresent()) {
            return new Source(
                    GatewayUrl.parse(wish.publicUrl().get())
                            .orElseThrow(() -> new Refused("Configured publicUrl is invalid.")),
                    "request.publicUrl");
        }
        return settings.gateway()
                .map(url -> new Source(url, "invitations.gateway-url"))
                .or(() -> caller.reached().map(url -> new Source(url.at(contextPath), "request.host")))
                .orElseThrow(
                        () -> new Refused("Gateway URL unavailable. Give publicUrl, or set invitations.gateway-url."));
    }
}
