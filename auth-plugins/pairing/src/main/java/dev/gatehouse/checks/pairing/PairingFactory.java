package dev.gatehouse.checks.pairing;

import java.lang.System.Logger.Level;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import org.pf4j.Extension;

/** Makes the check {@code pairing}. */
@Extension
public final class PairingFactory implements AdmissionCheckFactory {

    private static final String WARNING = "insecure-auto-approve-local is on: every program on this machine that knows"
            + " the gateway's secret is approved as the device and for the scopes that it names; remove it and approve"
            + " devices yourself";

    @Override
    public String name() {
        return "pairing";
    }

    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(PairingSettings.class);
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        boolean autoApproveLocal = setup.settings(PairingSettings.class).insecureAutoApproveLocal();
        if (autoApproveLocal) {
            setup.logger().log(Level.WARNING, WARNING);
        }
        SilentApproval silentApproval = new SilentApproval(autoApproveLocal);
        return new PairingCheck(setup.devices(), setup.pairingDesk(), silentApproval);
    }
}
