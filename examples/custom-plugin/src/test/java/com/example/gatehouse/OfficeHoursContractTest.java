package com.example.gatehouse;

import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.testkit.AdmissionCheckContract;

// region contract
/** What must hold for every check; the clock of the test kit shows midnight, so that everybody is refused. */
class OfficeHoursContractTest extends AdmissionCheckContract {

    @Override
    protected AdmissionCheckFactory factory() {
        return new OfficeHoursFactory();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("time-zone", "Europe/Berlin");
    }
}
// endregion
