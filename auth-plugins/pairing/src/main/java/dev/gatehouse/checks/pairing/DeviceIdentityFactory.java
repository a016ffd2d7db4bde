package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import org.pf4j.Extension;

/** Makes the check {@code device-identity}. */
@Extension
public final class DeviceIdentityFactory implements AdmissionCheckFactory {

    @Override
    public String name() {
        return "device-identity";
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        return new DeviceIdentityCheck();
    }
}
