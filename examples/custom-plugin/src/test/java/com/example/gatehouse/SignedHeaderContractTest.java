package com.example.gatehouse;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.testkit.AdmissionCheckContract;
import dev.gatehouse.testkit.ConnectFixture;

import static com.example.gatehouse.SignedHeaderCheckTest.HEADER_OF_ANN;
import static com.example.gatehouse.SignedHeaderCheckTest.SECRET;

/** What must hold for every check, also with headers that this one knows. */
class SignedHeaderContractTest extends AdmissionCheckContract {

    @Override
    protected AdmissionCheckFactory factory() {
        return new SignedHeaderFactory();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("secret", SECRET);
    }

    /** Without these nobody in the contract would send the header, and little of the check would be reached. */
    @Override
    protected List<ConnectFixture> connections() {
        ConnectFixture remote = ConnectFixture.cli().from("203.0.113.9");
        return List.of(
                remote.withHeader(SignedHeaderCheck.HEADER, HEADER_OF_ANN),
                remote.withHeader(SignedHeaderCheck.HEADER, HEADER_OF_ANN + "x"),
                remote.withHeader(SignedHeaderCheck.HEADER, HEADER_OF_ANN, HEADER_OF_ANN));
    }
}
