package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Someone with a key who manages devices over REST, as with curl. */
final class Operator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Server server;
    private final String key;

    Operator(Server server, String key) {
        this.server = server;
        this.key = key;
    }

    static Operator of(Server server) {
        return new Operator(server, server.apiKey());
    }

    HttpResponse<String> pairingRequests() {
        return send("GET", "/api/v1/pairing-requests");
    }

    HttpResponse<String> approve(String requestId) {
        return send("POST", approval(requestId));
    }

    CompletableFuture<HttpResponse<String>> approveAsync(String requestId) {
        return http.sendAsync(request("POST", approval(requestId), ""), HttpResponse.BodyHandlers.ofString());
    }

    /** The ids of the requests that wait. */
    List<String> requestIds() {
        return all(pairingRequests().body(), "requestId");
    }

    /** The ids of the devices that were approved. */
    List<String> deviceIds() {
        return all(send("GET", "/api/v1/devices").body(), "deviceId");
    }

    HttpResponse<String> reject(String requestId) {
        return send("POST", "/api/v1/pairing-requests/" + requestId + "/reject");
    }

    HttpResponse<String> revoke(String deviceId, String role) {
        return send("DELETE", "/api/v1/devices/" + deviceId + "/tokens/" + role);
    }

    private static List<String> all(String body, String member) {
        try {
            List<String> values = new ArrayList<>();
            JSON.readTree(body)
                    .path("items")
                    .forEach(item -> values.add(item.path(member).asText()));
            return values;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    HttpResponse<String> device(String deviceId) {
        return send("GET", "/api/v1/devices/" + deviceId);
    }

    HttpResponse<String> removeDevice(String deviceId) {
        return send("DELETE", "/api/v1/devices/" + deviceId);
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, "");
    }

    HttpResponse<String> send(String method, String path, String body) {
        try {
            return http.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String approval(String requestId) {
        return "/api/v1/pairing-requests/" + requestId + "/approve";
    }

    private HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key);
        if (body.isEmpty()) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
