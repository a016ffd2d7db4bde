package dev.gatehouse.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import dev.gatehouse.bench.client.Endpoint;

/** The operator's side of pairing, over REST. */
final class ManagementApi {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Endpoint endpoint;
    private final String apiKey;

    ManagementApi(Endpoint endpoint, String apiKey) {
        this.endpoint = endpoint;
        this.apiKey = apiKey;
    }

    void approve(String requestId) throws IOException, InterruptedException {
        send(to("pairing-requests/" + requestId + "/approve")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    /** Ends the device's operator token, and its sessions with it. */
    void revoke(String deviceId) throws IOException, InterruptedException {
        send(to("devices/" + deviceId + "/tokens/operator").DELETE());
    }

    void remove(String deviceId) throws IOException, InterruptedException {
        send(to("devices/" + deviceId).DELETE());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(endpoint.http("api/v1/" + path)).header("Authorization", "Bearer " + apiKey);
    }

    private void send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " was answered "
                    + response.statusCode() + " " + response.body());
        }
    }
}
