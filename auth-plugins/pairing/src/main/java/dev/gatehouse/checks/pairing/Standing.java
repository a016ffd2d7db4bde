package dev.gatehouse.checks.pairing;

import java.util.Optional;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceDirectory.Grant;
import dev.gatehouse.spi.DeviceDirectory.PairedDevice;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Scopes;

/**
 * How a device that connects stands against what was approved for it.
 *
 * @param known the device of the same id and key, if one was approved
 * @param isIdTaken whether one of its id was approved, with whatever key
 * @param isRevoked whether the role that it connects in was revoked
 * @param approved the scopes approved for the role that it connects in
 * @param need what it must ask for before it comes in; empty when it may come in
 */
record Standing(
        Optional<PairedDevice> known, boolean isIdTaken, boolean isRevoked, Scopes approved, Optional<Need> need) {

    static Standing of(DeviceProof.Verified device, ConnectContext context, DeviceDirectory directory) {
        Optional<PairedDevice> found = directory.find(device.deviceId());
        Optional<PairedDevice> known = found.filter(paired -> paired.publicKey().equals(device.publicKey()));
        Optional<Grant> grant = known.map(paired -> paired.grants().get(context.role()));
        Optional<Need> need = known.isEmpty()
                ? Optional.of(Need.NOT_PAIRED)
                : needOf(known.get(), grant, context.client(), context.requestedScopes());
        Scopes approved = grant.map(Grant::scopes).orElseGet(Scopes::none);
        boolean isRevoked = need.filter(Need.ROLE_UPGRADE::equals).isPresent()
                && directory.isRevoked(device.deviceId(), context.role());
        return new Standing(known, found.isPresent(), isRevoked, approved, need);
    }

    /** Whether another key than this one was approved for its id. */
    boolean isKeyChanged() {
        return isIdTaken && known.isEmpty();
    }

    private static Optional<Need> needOf(PairedDevice known, Optional<Grant> grant, Client client, Scopes requested) {
        if (!PinnedMetadata.of(known).admits(client)) {
            return Optional.of(Need.METADATA_UPGRADE);
        }
        if (grant.isEmpty()) {
            return Optional.of(Need.ROLE_UPGRADE);
        }
        return grant.get().settles(requested) ? Optional.empty() : Optional.of(Need.SCOPE_UPGRADE);
    }
}
