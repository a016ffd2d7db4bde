package dev.gatehouse.checks.origin;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.testkit.AdmissionCheckContract;
import dev.gatehouse.testkit.ConnectFixture;

class OriginContractTest extends AdmissionCheckContract {

    @Override
    protected AdmissionCheckFactory factory() {
        return new OriginFactory();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("allowed-origins", List.of("https://good.example"));
    }

    @Override
    protected List<ConnectFixture> connections() {
        ConnectFixture page = ConnectFixture.controlUi().from("203.0.113.9");
        return List.of(
                page.withOrigin("https://good.example"),
                ConnectFixture.client("openclaw-browser-copilot", "ui")
                        .withOrigin("chrome-extension://abcdefghijklmnopabcdefghijklmnop"));
    }
}
