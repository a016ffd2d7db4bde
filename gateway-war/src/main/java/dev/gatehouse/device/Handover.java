package dev.gatehouse.device;

import java.util.Optional;

/**
 * The secrets of an invitation, for whoever is invited. They are kept as hashes only, so that this is the one time that
 * they can be read.
 *
 * @param profile what they are good for
 * @param setupCode for an app or a node host
 * @param dashboard the page of the Control UI, if the invitation names one
 */
public record Handover(InvitationProfile profile, SetupCode setupCode, Optional<GatewayUrl> dashboard) {

    /**
     * The link for a browser (wire reference 4.2). The token is in the fragment, which browsers do not send.
     *
     * @return the link, or empty when the invitation names no page or is for no browser
     */
    public Optional<String> dashboardUrl() {
        return dashboard.filter(page -> isForBrowsers()).map(page -> page.http() + "/" + fragment());
    }

    private boolean isForBrowsers() {
        return profile == InvitationProfile.CONTROL_UI || profile == InvitationProfile.CONTROL_UI_OWNER;
    }

    private String fragment() {
        String owner = profile == InvitationProfile.CONTROL_UI_OWNER ? "&bootstrapProfile=owner" : "";
        String gateway = setupCode.url().text().replace(":", "%3A").replace("/", "%2F");
        return "#gatewayUrl=" + gateway + "&bootstrapToken=" + setupCode.token().expose() + owner;
    }
}
