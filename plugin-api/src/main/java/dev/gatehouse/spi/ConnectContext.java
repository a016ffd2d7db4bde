package dev.gatehouse.spi;

import java.util.Optional;

/**
 * The facts of the connect frame, on top of those of the upgrade. Made by the gateway; its constructor may grow.
 *
 * @param upgrade the facts of the upgrade
 * @param client what the client says about itself
 * @param role what it connects as
 * @param requestedScopes what it asks for, as sent
 * @param credentials what it presented, nothing of it verified
 * @param deviceProof what became of its device's signature
 * @param identity who it was proven to be by a check that ran before, the first one to do so
 * @since 0.1
 */
public record ConnectContext(
        UpgradeContext upgrade,
        Client client,
        Role role,
        Scopes requestedScopes,
        Credentials credentials,
        DeviceProof deviceProof,
        Optional<Identity> identity) {

    /**
     * The device whose key the client holds.
     *
     * @return the device, or empty when the proof is absent or faulty
     */
    public Optional<DeviceProof.Verified> device() {
        return deviceProof instanceof DeviceProof.Verified verified ? Optional.of(verified) : Optional.empty();
    }

    /**
     * The same facts, with the client identified.
     *
     * @param proven who it is
     * @return a new context
     */
    public ConnectContext identifiedAs(Identity proven) {
        return new ConnectContext(
                upgrade, client, role, requestedScopes, credentials, deviceProof, Optional.of(proven));
    }
}
