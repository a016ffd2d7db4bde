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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

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

    /** Hears events until it heard one with this number, or the stream breaks off; tells all that it heard. */
    List<Heard> until(long sequence) {
        return assertTimeoutPreemptively(PATIENCE, () -> {
            List<Heard> heard = new ArrayList<>();
            long id = 0;
            long last = 0;
            String type = "";
            for (String line = lineOrEnd(); line != null; line = lineOrEnd()) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                }
                if (line.startsWith("event: ")) {
                    type = line.substring(7);
                }
                if (line.startsWith("data: ")) {
                    heard.add(new Heard(id, type));
                    last = id;
                }
                if (last >= sequence) {
                    return heard;
                }
            }
            return heard;
        });
    }

    /** Everything that comes up to an event of a type, word for word. */
    String textUntil(String type) {
        return assertTimeoutPreemptively(PATIENCE, () -> {
            StringBuilder text = new StringBuilder();
            String line = line();
            while (!line.equals("event: " + type)) {
                text.append(line).append('\n');
                line = line();
            }
            return text.append(line()).toString();
        });
    }

    /** An event: its number in the audit, and its type. */
    record Heard(long sequence, String type) {}

    private @Nullable String lineOrEnd() {
        try {
            return lines.readLine();
        } catch (IOException e) { // its gateway is gone
            return null;
        }
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
