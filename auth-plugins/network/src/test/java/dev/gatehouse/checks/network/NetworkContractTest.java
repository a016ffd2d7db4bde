package dev.gatehouse.checks.network;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.testkit.AdmissionCheckContract;
import dev.gatehouse.testkit.ConnectFixture;

class NetworkContractTest extends AdmissionCheckContract {

    @Override
    protected AdmissionCheckFactory factory() {
        return new NetworkFactory();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("allow", List.of("203.0.113.0/24"), "deny", List.of("203.0.113.64/26"));
    }

    @Override
    protected List<ConnectFixture> connections() {
        return List.of(
                ConnectFixture.cli().from("203.0.113.9"), ConnectFixture.cli().from("203.0.113.70"));
    }
}
