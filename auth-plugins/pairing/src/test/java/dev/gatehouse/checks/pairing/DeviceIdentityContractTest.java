package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.testkit.AdmissionCheckContract;

class DeviceIdentityContractTest extends AdmissionCheckContract {

    @Override
    protected AdmissionCheckFactory factory() {
        return new DeviceIdentityFactory();
    }
}
