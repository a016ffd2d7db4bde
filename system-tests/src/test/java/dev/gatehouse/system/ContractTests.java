package dev.gatehouse.system;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.client.ApiClient;
import dev.gatehouse.client.ApiException;
import dev.gatehouse.client.api.DevicesApi;
import dev.gatehouse.client.api.PairingApi;
import dev.gatehouse.client.api.SessionsApi;
import dev.gatehouse.client.model.Approval;
import dev.gatehouse.client.model.Device;
import dev.gatehouse.client.model.Devices;
import dev.gatehouse.client.model.PairingRequest;
import dev.gatehouse.client.model.PairingRequestState;
import dev.gatehouse.client.model.Problem;
import dev.gatehouse.client.model.Role;
import dev.gatehouse.client.model.Rotation;
import dev.gatehouse.client.model.RotationOrder;
import dev.gatehouse.client.model.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The contract of the management API, and a client that openapi-generator made from it and that nobody touched. */
interface ContractTests {

    Server server();

    @Test
    default void contract_isServedToWhoeverAsks() throws Exception {
        HttpResponse<String> yaml = get("/api/v1/openapi.yaml");
        HttpResponse<String> json = get("/api/v1/openapi.json");

        assertThat(yaml.statusCode()).isEqualTo(200);
        assertThat(yaml.body()).isEqualTo(TextFile.read(Checkout.contract()));
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(json.headers().firstValue("ETag")).isPresent();
        assertThat(new ObjectMapper()
                        .readTree(json.body())
                        .at("/paths/~1devices/get/operationId")
                        .asText())
                .isEqualTo("listDevices");
    }

    @Test
    default void generatedClient_managesADeviceFromItsRequestToItsEnd() throws Exception {
        PairingApi pairing = new PairingApi(client());
        DevicesApi devices = new DevicesApi(client());
        TestDevice device = TestDevice.create();
        String requestId = device.request(server(), "cli", "cli");

        PairingRequest waiting =
                pairing.listPairingRequests(PairingRequestState.PENDING, device.id()).getItems().stream()
                        .filter(each -> each.getRequestId().equals(requestId))
                        .findFirst()
                        .orElseThrow();
        assertThat(waiting.getDeviceId()).isEqualTo(device.id());
        assertThat(waiting.getRole()).isEqualTo(Role.OPERATOR);
        assertThat(waiting.getScopes()).containsExactly("operator.read");

        Approval approval = new Approval().scopes(List.of("operator.read")).label("Ada's laptop");
        assertThat(pairing.approvePairingRequest(requestId, null, null, approval)
                        .getState())
                .isEqualTo(PairingRequestState.APPROVED);
        try (RawSocket socket = device.admitted(server(), "cli", "cli")) {
            Device approved = devices.getDevice(device.id(), null);
            assertThat(approved.getLabel()).isEqualTo("Ada's laptop");
            assertThat(approved.getApprovedAt()).isAfterOrEqualTo(approved.getCreatedAt());
            assertThat(named(devices, "ada's").getItems())
                    .extracting(Device::getDeviceId)
                    .contains(device.id());
            assertThat(new SessionsApi(client())
                            .listSessions(1000, null, device.id(), null)
                            .getItems())
                    .extracting(Session::getDeviceId)
                    .contains(device.id());

            String call = UUID.randomUUID().toString();
            Rotation rotation = devices.rotateDeviceToken(device.id(), Role.OPERATOR, null, call, new RotationOrder());
            assertThat(rotation.getOldValidUntil()).isAfter(rotation.getRotatedAt());
            assertThat(devices.rotateDeviceToken(device.id(), Role.OPERATOR, null, call, new RotationOrder()))
                    .isEqualTo(rotation);

            devices.revokeDeviceToken(device.id(), Role.OPERATOR, null);
            assertThat(Answer.close(socket).closeCode()).isEqualTo(4001);
        }
        assertThat(problem(() -> removed(devices, device.id(), "\"another\"")).getCode())
                .isEqualTo("PRECONDITION_FAILED");
        devices.removeDevice(device.id(), null);
        assertThat(problem(() -> devices.getDevice(device.id(), null)).getCode())
                .isEqualTo("DEVICE_UNKNOWN");
    }

    @Test
    default void generatedClient_withoutAKey_isToldWhatItNeeds() throws Exception {
        Problem problem = problem(() -> named(new DevicesApi(anonymous()), "ada's"));

        assertThat(problem.getStatus()).isEqualTo(401);
        assertThat(problem.getCode()).isEqualTo("API_KEY_REQUIRED");
    }

    /** A call of the client that fails. */
    @FunctionalInterface
    interface Call {
        Object make() throws ApiException;
    }

    private static Devices named(DevicesApi devices, String name) throws ApiException {
        return devices.listDevices(1000, null, "-lastSeenAt", null, null, null, name, null, null, null);
    }

    private static boolean removed(DevicesApi devices, String id, String expected) throws ApiException {
        devices.removeDevice(id, expected);
        return true;
    }

    private static Problem problem(Call call) throws IOException {
        ApiException failure = catchThrowableOfType(ApiException.class, call::make);
        assertThat(failure).isNotNull();
        return new ApiClient().getObjectMapper().readValue(failure.getResponseBody(), Problem.class);
    }

    private ApiClient client() {
        String key = server().apiKey();
        return anonymous().setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
    }

    private ApiClient anonymous() {
        ApiClient client = new ApiClient();
        client.updateBaseUri(server().http("/api/v1").toString());
        return client;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server().http(path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
