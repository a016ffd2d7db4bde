package dev.gatehouse.device;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

/**
 * Asks the registry once what connections ask, and changes nothing. The first query of a kind takes a hundred times as
 * long as the next, and the check of the first client that waits for it has a deadline.
 */
final class WarmUp {

    private static final DeviceProof.Verified NOBODY = new DeviceProof.Verified("nobody", "nobody");

    private final Database database;
    private final PairingRequests requests;
    private final PairedDevices devices;
    private final DeviceTokens tokens;

    WarmUp(Database database, PairingRequests requests, PairedDevices devices, DeviceTokens tokens) {
        this.database = database;
        this.requests = requests;
        this.devices = devices;
        this.tokens = tokens;
    }

    void run() {
        PairingDesk.Claim claim = claim();
        database.read(entityManager -> devices.find(entityManager, NOBODY.deviceId()));
        database.read(entityManager -> devices.grant(entityManager, NOBODY.deviceId(), Role.OPERATOR));
        database.read(entityManager -> requests.findUnchanged(entityManager, claim));
        tokens.inspect(NOBODY, Role.OPERATOR, Scopes.none(), Secret.of(NOBODY.deviceId()));
        database.rehearse(entityManager -> {
            requests.open(entityManager, claim);
            entityManager.flush();
        });
    }

    private static PairingDesk.Claim claim() {
        Client client = new Client(
                NOBODY.deviceId(), NOBODY.deviceId(), "0", "none", Optional.empty(), Optional.empty(), List.of());
        return new PairingDesk.Claim(
                NOBODY,
                client,
                Role.OPERATOR,
                Scopes.none(),
                PairingDesk.Need.NOT_PAIRED,
                InetAddress.getLoopbackAddress(),
                true);
    }
}
