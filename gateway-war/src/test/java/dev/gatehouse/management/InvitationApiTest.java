package dev.gatehouse.management;

import dev.gatehouse.management.ManagementServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InvitationApiTest {

    private final ManagementServer server = new ManagementServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void invite_node_answersEverySecretOnce() throws Exception {
        Answer answer = server.call(
                "POST",
                "/invitations",
                "{\"profile\":\"node\",\"label\":\"box\",\"ttl\":\"30m\",\"gatewayUrl\":\"wss://gateway.example\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
        String id = answer.body().at("/invitationId").asText();
        assertThat(answer.response().headers().firstValue("Location").orElseThrow())
                .endsWith("/api/v1/invitations/" + id);
        String setupCode = answer.body().at("/setupCode").asText();
        assertThat(answer.body().at("/pairUri").asText()).isEqualTo("oc-pair://" + setupCode);
        assertThat(answer.body().at("/joinUrl").asText()).startsWith("https://gateway.example/j/");
        assertThat(answer.body().at("/expiresAt").asText()).isEqualTo("2026-11-22T10:30:00Z");
        assertThat(answer.body().at("/qrDataUrl").asText()).startsWith("data:image/png;base64,");
        assertThat(answer.body().has("dashboardUrl")).isFalse();
        assertThat(server.call("GET", "/invitations/" + id).body().toString())
                .isEqualTo("{\"invitationId\":\"" + id + "\",\"profile\":\"node\",\"state\":\"open\",\"label\":\"box\","
                        + "\"createdBy\":\"owner\",\"gatewayUrl\":\"wss://gateway.example\","
                        + "\"createdAt\":\"2026-11-22T10:00:00Z\",\"expiresAt\":\"2026-11-22T10:30:00Z\"}");
    }

    @Test
    void invite_withoutUrl_namesWhereTheCallCameTo() throws Exception {
        Answer answer = server.call("POST", "/invitations", "{\"profile\":\"node\"}");

        assertThat(answer.body().at("/gatewayUrl").asText()).matches("ws://127\\.0\\.0\\.1:[0-9]+");
        assertThat(answer.body().at("/joinUrl").asText()).matches("http://127\\.0\\.0\\.1:[0-9]+/j/[A-Za-z0-9_-]{22}");
    }

    @Test
    void invite_browser_answersALinkWithTheTokenInItsFragment() throws Exception {
        Answer answer = server.call(
                "POST",
                "/invitations",
                "{\"profile\":\"control-ui-owner\",\"gatewayUrl\":\"wss://gateway.example\","
                        + "\"dashboardUrl\":\"https://ui.example/chat/\"}");

        assertThat(answer.body().at("/dashboardUrl").asText())
                .matches("https://ui\\.example/chat/#gatewayUrl=wss%3A%2F%2Fgateway\\.example"
                        + "&bootstrapToken=[A-Za-z0-9_-]{43}&bootstrapProfile=owner");
    }

    @ParameterizedTest
    @CsvSource({"image/png, image/png", "image/svg+xml, image/svg+xml", "*/*, application/json"})
    void invite_callerThatWantsAnImage_getsTheQrCode(String wanted, String given) throws Exception {
        var answer = server.callRaw("POST", "/invitations", "{\"profile\":\"node\"}", wanted);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains(given);
        assertThat(answer.headers().firstValue("Location")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | profile must be one of limited, full, node, voice-node, control-ui, control-ui-owner",
                "{\"profile\":\"root\"} | profile must be one of",
                "{\"profile\":\"node\",\"ttl\":\"soon\"} | ttl must be a duration",
                "{\"profile\":\"node\",\"ttl\":\"25h\"} | ttl must be 1m to 24h",
                "{\"profile\":\"node\",\"gatewayUrl\":\"gateway\"} | gatewayUrl must be a URL",
                "{\"profile\":\"node\",\"gatewayUrl\":\"ws://gateway.example\"} | in plain text",
                "{\"profile\":\"full\",\"gatewayUrl\":\"ws://10.0.0.1\"} | gives operator.admin"
            })
    void invite_whatCannotBe_isUnprocessable(String body, String detail) throws Exception {
        Answer answer = server.call("POST", "/invitations", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/code").asText()).isEqualTo("INVITATION_INVALID");
        assertThat(answer.body().at("/detail").asText()).contains(detail);
    }

    @Test
    void revoke_invitation_withdrawsIt() throws Exception {
        String id = server.call("POST", "/invitations", "{\"profile\":\"node\"}")
                .body()
                .at("/invitationId")
                .asText();

        assertThat(server.call("DELETE", "/invitations/" + id).status()).isEqualTo(204);

        assertThat(server.call("GET", "/invitations")
                        .body()
                        .at("/items/0/state")
                        .asText())
                .isEqualTo("revoked");
        assertThat(server.call("DELETE", "/invitations/nobody").status()).isEqualTo(404);
        assertThat(server.call("GET", "/invitations/nobody").body().at("/code").asText())
                .isEqualTo("INVITATION_UNKNOWN");
        assertThat(server.callWithoutKey("/invitations").status()).isEqualTo(401);
    }
}
