package dev.gatehouse.checks.securecontext;

import java.util.List;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.testkit.AdmissionCheckContract;
import dev.gatehouse.testkit.ConnectFixture;

class SecureContextContractTest extends AdmissionCheckContract {

    @Override
    protected AdmissionCheckFactory factory() {
        return new SecureContextFactory();
    }

    @Override
    protected List<ConnectFixture> connections() {
        return List.of(ConnectFixture.controlUi().from("203.0.113.9").withHost("gateway.example:18789"));
    }
}
