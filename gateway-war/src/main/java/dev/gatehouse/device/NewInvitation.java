package dev.gatehouse.device;

import java.util.Optional;

import dev.gatehouse.spi.Secret;

/**
 * An invitation in the only moment in which its secrets are known in plain.
 *
 * @param invitation what is kept of it
 * @param handover what an app, a node host or a browser needs
 * @param joinCode what the link needs from which a client fetches a setup code of its own, once
 */
public record NewInvitation(Invitation invitation, Handover handover, Secret joinCode) {

    /**
     * The link (wire reference 7.8).
     *
     * @return the link, or empty when it would go over the network in plain text, which no stock client follows
     */
    public Optional<String> joinUrl() {
        GatewayUrl url = handover.setupCode().url();
        return Optional.of(url).filter(GatewayUrl::isSecure).map(secure -> secure.http() + "/j/" + joinCode.expose());
    }
}
