package dev.gatehouse.management;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.address.AddressRange;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.idempotency.KeptAnswers;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.webhook.RetrySchedule;
import dev.gatehouse.webhook.Webhooks;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The management API on a registry of its own, over HTTP, with one good API key. */
final class ManagementServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final RegistryFixture fixture = new RegistryFixture();
    final Invitations invitations = fixture.invitations();
    final NodeSurfaces surfaces =
            new NodeSurfaces(fixture.database, Clock.systemUTC(), new SecureRandom(), event -> {});
    final ApiKeys keys = new ApiKeys(fixture.database, Clock.systemUTC(), new SecureRandom(), event -> {});
    final Bans bans = new Bans(
            fixture.database,
            () -> List.of(AddressRange.parse("192.0.2.1")),
            Clock.systemUTC(),
            new SecureRandom(),
            event -> {});
    final ConsoleSessions consoleSessions = new ConsoleSessions(keys, Clock.systemUTC(), new SecureRandom());
    final KeptAnswers answers = new KeptAnswers(fixture.database, Clock.systemUTC(), new SecureRandom());
    final FakeSessionDesk sessions = new FakeSessionDesk();
    final String key = keys.create(Actor.OWNER, "test").expose();
    private final Journal journal = Journal.toRead(fixture.database, Clock.systemUTC());
    private final Webhooks webhooks = new Webhooks(
            fixture.database,
            journal,
            List::of,
            "test",
            RetrySchedule.standard(),
            Clock.systemUTC(),
            new SecureRandom());
    private final HttpServer server = JdkHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"),
            ResourceConfig.forApplication(new ManagementApplication()).register(new AbstractBinder() {
                @Override
                protected void configure() {
                    bind(fixture.registry).to(DeviceRegistry.class);
                    bind(invitations).to(Invitations.class);
                    bind(surfaces).to(NodeSurfaces.class);
                    bind(keys).to(ApiKeys.class);
                    bind(journal).to(Journal.class);
                    bind(webhooks).to(Webhooks.class);
                    bind(answers).to(KeptAnswers.class);
                    bind(bans).to(Bans.class);
                    bind(consoleSessions).to(ConsoleSessions.class);
                    bind(sessions).to(SessionDesk.class);
                }
            }));
    private final HttpClient client = HttpClient.newHttpClient();

    /** An answer with its body parsed; a missing body is a missing node. */
    record Answer(int status, String mediaType, HttpResponse<String> response, JsonNode body) {}

    Answer call(String method, String path) throws IOException, InterruptedException {
        return send(request(method, path, HttpRequest.BodyPublishers.noBody()));
    }

    Answer call(String method, String path, String json) throws IOException, InterruptedException {
        return send(request(method, path, HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json"));
    }

    /** A call with headers, names and values in turn; with a JSON body unless it is empty. */
    Answer callWith(String method, String path, String json, String... headers)
            throws IOException, InterruptedException {
        return callAs(key, method, path, json, headers);
    }

    Answer callAs(String otherKey, String method, String path, String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json))
                .headers(headers)
                .header("Authorization", "Bearer " + otherKey);
        return send(json.isEmpty() ? request : request.header("Content-Type", "application/json"));
    }

    /** A call with an idempotency key whose answer may be an image. */
    HttpResponse<byte[]> callBytes(String path, String json, String accept, String idempotencyKey)
            throws IOException, InterruptedException {
        return client.send(
                request("POST", path, HttpRequest.BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .header("Idempotency-Key", idempotencyKey)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** An answer that may be no JSON. */
    HttpResponse<String> callRaw(String method, String path, String json, String accept)
            throws IOException, InterruptedException {
        return client.send(
                request(method, path, HttpRequest.BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Answer callWithAuthorization(String authorization, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET().header("Authorization", authorization));
    }

    Answer callWithKey(String otherKey, String method, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + otherKey));
    }

    Answer callWithoutKey(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** A call as a browser makes it; headers are names and values in turn. */
    Answer callFromBrowser(String method, String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(headers));
    }

    /** How the server is named by its clients. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        webhooks.close();
        fixture.close();
    }

    private HttpRequest.Builder request(String method, String path, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(uri(path)).method(method, body).header("Authorization", "Bearer " + key);
    }

    private URI uri(String path) {
        return URI.create("http://" + host() + "/api/v1" + path);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response,
                JSON.readTree(response.body()));
    }
}
