package dev.gatehouse.checks.token;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.AdmissionCheckContract;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;

class TokenContractTest extends AdmissionCheckContract {

    private static final String TOKEN = "the token of this gateway";
    private static final String DEVICE_TOKEN = "the token of the device";

    @Override
    protected AdmissionCheckFactory factory() {
        return new TokenFactory();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("token", TOKEN, "password", "the password of this gateway");
    }

    @Override
    protected void prepare(FakeCheckSetup setup) {
        setup.devices().pairOperator("operator.read");
        setup.devices().issueToken(ConnectFixture.DEVICE.deviceId(), Role.OPERATOR, DEVICE_TOKEN);
    }

    @Override
    protected List<ConnectFixture> connections() {
        ConnectFixture remote = ConnectFixture.cli().from("203.0.113.9");
        return List.of(
                remote.withToken(TOKEN),
                remote.withDevice().withToken(DEVICE_TOKEN),
                remote.withDevice().withToken("a wrong one").withDeviceToken(DEVICE_TOKEN));
    }
}
