package dev.gatehouse.checks.pairing;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.AdmissionCheckContract;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;

class PairingContractTest extends AdmissionCheckContract {

    private static final String DEVICE_TOKEN = "the token of the device";

    @Override
    protected AdmissionCheckFactory factory() {
        return new PairingFactory();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("insecure-auto-approve-local", "true");
    }

    @Override
    protected void prepare(FakeCheckSetup setup) {
        setup.devices().pairOperator("operator.read");
        setup.devices().issueToken(ConnectFixture.DEVICE.deviceId(), Role.OPERATOR, DEVICE_TOKEN);
    }

    @Override
    protected List<ConnectFixture> connections() {
        ConnectFixture device = ConnectFixture.cli().from("203.0.113.9").withDevice();
        return List.of(
                device.withDeviceToken(DEVICE_TOKEN),
                device.withToken(DEVICE_TOKEN),
                ConnectFixture.cli().withDevice().withScopes("operator.approvals"));
    }
}
