package dev.gatehouse.system;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What monitoring and orchestrators see of the gateway; some servers have pages of their own at these paths. */
interface MonitoringTests {

    Server server();

    @Test
    default void metrics_afterARefusal_tellIt_toWhoHasAKey() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(TestDevice.create().connect(Answer.challenge(socket), "a-wrong-shared-token"));
            assertThat(Answer.refusal(socket).code()).isEqualTo("AUTH_TOKEN_MISMATCH");
        }

        HttpResponse<String> metrics = Operator.of(server()).send("GET", "/metrics");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/plain");
        assertThat(metrics.body())
                .contains("gatehouse_refusals_total{check=\"token\",code=\"AUTH_TOKEN_MISMATCH\"} ")
                .contains("gatehouse_check_seconds_bucket{check=\"token\",mode=\"enforce\",stage=\"connect\",le=")
                .contains("gatehouse_database_up 1.0", "jvm_memory_used_bytes{", "process_cpu_seconds_total ")
                .doesNotContain(server().gatewayToken(), server().apiKey(), "a-wrong-shared-token");
    }

    @Test
    default void metrics_withoutAKey_areRefused() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"gatehouse\"");
        assertThat(answer.body()).contains("API_KEY_REQUIRED").doesNotContain("gatehouse_");
    }

    @Test
    default void probes_ofAGatewayThatRuns_areUpWithoutAKey() throws IOException, InterruptedException {
        for (String path : new String[] {"/health/live", "/health/started", "/health/ready"}) {
            HttpResponse<String> answer = get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body())
                    .as(path)
                    .isEqualTo("{\"status\":\"up\",\"phase\":\"running\",\"database\":\"up\"}");
        }
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
