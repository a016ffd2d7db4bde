package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.device.NewInvitation;
import dev.gatehouse.qr.QrImage;

/**
 * An invitation in the answer to the one who invites: the only place where its secrets are.
 *
 * @param setupCode for {@code openclaw connect} and the apps
 * @param pairUri the same as a link that opens an app
 * @param joinUrl for {@code npx openclaw connect}, and for people; absent over plain text
 * @param dashboardUrl for a browser, when the page of the Control UI is known
 * @param qrDataUrl the setup code as QR code, a PNG
 */
record NewInvitationView(
        String invitationId,
        String profile,
        String gatewayUrl,
        String expiresAt,
        String setupCode,
        String pairUri,
        Optional<String> joinUrl,
        Optional<String> dashboardUrl,
        String qrDataUrl) {

    static NewInvitationView of(NewInvitation made) {
        String setupCode = made.handover().setupCode().text();
        return new NewInvitationView(
                made.invitation().invitationId(),
                made.invitation().profile().label(),
                made.invitation().gatewayUrl().text(),
                made.invitation().expiresAt().toString(),
                setupCode,
                made.handover().setupCode().pairUri(),
                made.joinUrl(),
                made.handover().dashboardUrl(),
                QrImage.of(setupCode).dataUrl());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "NewInvitationView[" + invitationId + "]";
    }
}
