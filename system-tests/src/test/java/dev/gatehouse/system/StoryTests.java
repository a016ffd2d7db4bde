package dev.gatehouse.system;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The story of the README, played with the stock client: from the first refusal to the last. */
interface StoryTests {

    Server server();

    @Test
    default void stockClient_fromUnknownToRemoved_isToldAtEveryStepWhatToDo(@TempDir Path folder) {
        refusedForWantOfTheToken(folder);
        String deviceId = admittedOnceApproved(folder);
        admittedByDeviceTokenThenRemoved(folder, deviceId);
        refusedLikeAStranger(folder);
    }

    private void refusedForWantOfTheToken(Path folder) {
        try (StockClient client = StockClient.start(server(), folder, "")) {
            JsonNode refusal = client.awaitRefusal();

            assertThat(refusal.at("/details/code").asText()).isEqualTo("AUTH_TOKEN_MISSING");
            assertThat(refusal.path("message").asText()).contains("unauthorized: gateway token missing");
            assertThat(client.await("paused").path("detailCode").asText()).isEqualTo("AUTH_TOKEN_MISSING");
        }
    }

    private String admittedOnceApproved(Path folder) {
        try (StockClient client = StockClient.start(server(), folder, server().gatewayToken())) {
            JsonNode details = client.awaitRefusal().path("details");
            assertThat(details.path("code").asText()).isEqualTo("PAIRING_REQUIRED");
            assertThat(details.path("reason").asText()).isEqualTo("not-paired");
            assertThat(details.path("recommendedNextStep").asText()).isEqualTo("wait_then_retry");
            assertThat(details.path("pauseReconnect").asBoolean(true)).isFalse();
            String requestId = details.path("requestId").asText();

            Operator operator = Operator.of(server());
            assertThat(operator.pairingRequests().body()).contains(requestId);
            HttpResponse<String> approval = operator.approve(requestId);
            assertThat(approval.statusCode()).as(approval.body()).isEqualTo(200);

            JsonNode token = client.await("token-stored");
            assertThat(token.path("role").asText()).isEqualTo("operator");
            JsonNode hello = client.await("hello");
            assertThat(hello.path("deviceTokenDelivered").asBoolean()).isTrue();
            assertThat(hello.path("scopes")).extracting(JsonNode::asText).containsExactly("operator.read");
            return details.path("deviceId").asText();
        }
    }

    private void admittedByDeviceTokenThenRemoved(Path folder, String deviceId) {
        try (StockClient client = StockClient.start(server(), folder, "")) {
            assertThat(client.await("hello").path("scopes"))
                    .extracting(JsonNode::asText)
                    .containsExactly("operator.read");

            HttpResponse<String> removal = Operator.of(server()).removeDevice(deviceId);

            assertThat(removal.statusCode()).as(removal.body()).isBetween(200, 204);
            JsonNode close = client.await("close");
            assertThat(close.path("code").asInt()).isEqualTo(4001);
            assertThat(close.path("reason").asText()).isEqualTo("device removed");
            assertThat(client.awaitRefusal().at("/details/code").asText()).isEqualTo("AUTH_DEVICE_TOKEN_MISMATCH");
        }
    }

    private void refusedLikeAStranger(Path folder) {
        try (StockClient client = StockClient.start(server(), folder, server().gatewayToken())) {
            assertThat(client.awaitRefusal().at("/details/code").asText()).isEqualTo("PAIRING_REQUIRED");
        }
    }
}
