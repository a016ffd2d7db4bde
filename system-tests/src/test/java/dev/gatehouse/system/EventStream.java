package dev.gatehouse.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** The events of a gateway, as a client of server-sent events hears them. */
final class EventStream implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BufferedReader lines;

    private EventStream(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Listens; returns when the gateway has said that it tells. */
    static EventStream open(Server server, Optional<String> lastEventId) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http("/api/v1/events"))
                .header("Authorization", "Bearer " + server.apiKey());
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        HttpResponse<InputStream> response = sent(request.build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        EventStream stream = new EventStream(response.body());
        assertThat(stream.line()).isEqualTo("retry: 3000");
        return stream;
    }

    /** Waits for an event about a device, and tells its id. */
    String idOf(String type, String deviceId) {
        return assertTimeoutPreemptively(PATIENCE, () -> {
            String id = "";
            String seen = "";
            while (true) {
                String line = line();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                }
                if (line.startsWith("event: ")) {
                    seen = line.substring(7);
                }
                if (line.startsWith("data: ") && seen.equals(type) && line.contains(deviceId)) {
                    return id;
                }
            }
        });
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new AssertionError("the stream has ended");
        }
        return line;
    }

    private static HttpResponse<InputStream> sent(HttpRequest request) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
