package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;

import jakarta.servlet.http.HttpServlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.config.ConfigReport;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.contract.ContractServlet;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.idempotency.KeptAnswers;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.management.EventServlet;
import dev.gatehouse.management.HealthServlet;
import dev.gatehouse.management.ManagementApplication;
import dev.gatehouse.management.SessionDesk;
import dev.gatehouse.observe.AdmissionMinutes;
import dev.gatehouse.refusal.Refusals;
import dev.gatehouse.refusal.Surroundings;
import dev.gatehouse.webhook.Webhooks;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The management API of a whole gateway, over HTTP, called with a good API key. */
final class RestServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RestServer(Gateway gateway) {
        this(gateway.apiKeys(), new AbstractBinder() {
            @Override
            protected void configure() {
                bind(gateway.devices()).to(DeviceRegistry.class);
                bind(gateway.invitations()).to(Invitations.class);
                bind(gateway.surfaces()).to(NodeSurfaces.class);
                bind(gateway.apiKeys()).to(ApiKeys.class);
                bind(gateway.keptAnswers()).to(KeptAnswers.class);
                bind(gateway.bans()).to(Bans.class);
                bind(gateway.consoleSessions()).to(ConsoleSessions.class);
                bind(gateway.sessionDesk()).to(SessionDesk.class);
                bind(gateway.desk()).to(ChainDesk.class);
                bind(gateway.configDesk()).to(ConfigReport.Desk.class);
                bind(gateway.journal()).to(Journal.class);
                bind(gateway.explainable()).to(RecentRefusals.class);
                bind(gateway.refusals()).to(Refusals.class);
                bind(gateway.surroundings()).to(Surroundings.class);
                bind(gateway.webhooks()).to(Webhooks.class);
                bind(gateway.observatory().minutes()).to(AdmissionMinutes.class);
            }
        });
        mount(EventServlet.PATH, new EventServlet(gateway.events(), gateway.apiKeys(), gateway.consoleSessions()));
        mount(HealthServlet.PATH, new HealthServlet(gateway.desk(), gateway.apiKeys()));
        for (ContractServlet.Form form : ContractServlet.Form.values()) {
            mount(form.path(), new ContractServlet(form));
        }
    }

    /** The part of the API that manages devices. */
    RestServer(RegistryFixture fixture, ApiKeys keys) {
        this(keys, new AbstractBinder() {
            @Override
            protected void configure() {
                bind(fixture.registry).to(DeviceRegistry.class);
                bind(keys).to(ApiKeys.class);
                bind(new KeptAnswers(fixture.database, Clock.systemUTC(), new SecureRandom()))
                        .to(KeptAnswers.class);
                bind(new ConsoleSessions(keys, Clock.systemUTC(), new SecureRandom()))
                        .to(ConsoleSessions.class);
            }
        });
    }

    private RestServer(ApiKeys keys, AbstractBinder parts) {
        key = keys.create(Actor.OWNER, "test").expose();
        server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                ResourceConfig.forApplication(new ManagementApplication()).register(parts));
    }

    /** An answer of the API. */
    record Answer(int status, JsonNode body) {}

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer call(String method, String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Where the API is. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1" + path);
    }

    /** A call with headers, names and values in turn; the answer as it is. */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A call with another API key. */
    HttpResponse<String> sendAs(String otherKey, String method, String path) throws IOException, InterruptedException {
        return send(method, path, "", "Authorization", "Bearer " + otherKey);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void mount(String path, HttpServlet servlet) {
        server.createContext(path, new ServletBridge(servlet));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + key);
    }
}
