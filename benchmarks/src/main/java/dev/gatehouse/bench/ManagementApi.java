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
        HttpRequest request = HttpRequest.newBuilder(endpoint.http("api/v1/pairing-requests/" + requestId + "/approve"))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    "approving " + requestId + " was answered " + response.statusCode() + " " + response.body());
        }
    }
}
