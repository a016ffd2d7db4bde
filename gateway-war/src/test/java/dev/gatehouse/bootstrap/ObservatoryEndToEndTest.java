package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.device.Actor;
import dev.gatehouse.management.MetricsServlet;
import dev.gatehouse.management.Probe;
import dev.gatehouse.management.ProbeServlet;
import dev.gatehouse.observe.Collector;
import dev.gatehouse.plugin.PluginJar;
import dev.gatehouse.testkit.ConnectFixture;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** What can be seen of a whole gateway from outside. */
class ObservatoryEndToEndTest {

    private static final Path DASHBOARD = Path.of("..", "docs", "grafana-dashboard.json");
    private static final Path MONITORING = Path.of("..", "docs", "monitoring.md");
    private static final Pattern SERIES = Pattern.compile("\\b(gatehouse|jvm|process)_[a-z0-9_]+");
    private static final Pattern LINE = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? \\S+");
    private static final String CONFIG = """
            admission:
              chain: [secure-context, {check: hours, mode: shadow}, origin, device-identity, token, pairing]
              check-deadline: 20s
              chain-deadline: 30s
            checks: {token: {mode: token, token: 'env:GATEWAY_SECRET'}}
            traces: {otlp-endpoint: '%s'}
            webhooks:
            - {name: ops, url: 'https://127.0.0.1:1/', secret: 'env:HOOK_SECRET', allow-private-addresses: true}
            """;

    @TempDir
    private Path folder;

    private Server database;
    private Collector collector;
    private Home home;
    private Gateway gateway;
    private MetricsServlet metrics;
    private String key;

    @BeforeEach
    void start() throws IOException, SQLException {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        collector = new Collector();
        home = new Home(folder.resolve("home"));
        Files.createDirectories(home.plugins());
        PluginJar.of("hours").withCheck("hours", "Verdict.pass()").in(home.plugins());
        Files.writeString(home.config(), CONFIG.formatted(collector.url()));
        gateway = Gateway.start(
                home,
                Map.of(
                        "GATEWAY_SECRET",
                        SECRET,
                        "HOOK_SECRET",
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./devices"),
                FolderSight.jarsIn(Path.of("target", "plugins")),
                Clock.systemUTC());
        metrics = new MetricsServlet(
                gateway.observatory(), gateway.apiKeys(), () -> gateway.config().metrics(), Clock.systemUTC());
        key = gateway.apiKeys().create(Actor.OWNER, "scraper").expose();
    }

    @AfterEach
    void stop() {
        gateway.close();
        collector.close();
        database.stop();
    }

    @Test
    void metrics_tellWhatHappened() throws Exception {
        Peer peer = admit();
        peer.result("health", "{}");
        peer.objection("no.such.method", "{}");
        refuse();
        gateway.observatory().countRegistry();

        assertThat(scrape())
                .contains("gatehouse_admissions_total{decision=\"admitted\",method=\"token\"} 1.0")
                .contains("gatehouse_admissions_total{decision=\"refused\",method=\"\"} 1.0")
                .contains("gatehouse_refusals_total{check=\"token\",code=\"AUTH_TOKEN_MISMATCH\"} 1.0")
                .contains("gatehouse_check_seconds_count{check=\"token\",mode=\"enforce\",stage=\"connect\"} 2")
                .contains("gatehouse_check_answers_total{answer=\"vetoed\",check=\"token\",mode=\"enforce\"} 1.0")
                .contains("gatehouse_live_sessions{role=\"operator\"} 1.0")
                .contains("gatehouse_rpc_calls_total{method=\"health\",outcome=\"ok\"} 1.0")
                .contains("gatehouse_rpc_calls_total{method=\"unknown\",outcome=\"refused\"} 1.0")
                .contains("gatehouse_plugins{state=\"added\"} 1.0")
                .contains("gatehouse_plugin_info{plugin=\"hours\"")
                .contains("gatehouse_circuit_open{check=\"hours\"} 0.0")
                .contains("gatehouse_chain_current 1.0")
                .contains("gatehouse_devices 0.0")
                .contains("gatehouse_database_up 1.0")
                .contains("gatehouse_slow_consumers_total 0.0")
                .doesNotContain(SECRET, key, "no.such.method");
    }

    @Test
    void metrics_areWellFormed() throws Exception {
        admit();

        assertThat(scrape().lines())
                .allMatch(line -> line.startsWith("# ") || LINE.matcher(line).matches());
        assertThat(new MonitoringCall()
                        .with("Authorization", "Bearer " + key)
                        .with("Accept", "application/openmetrics-text; version=1.0.0")
                        .get(metrics)
                        .body())
                .endsWith("# EOF\n");
    }

    @Test
    void reloads_areCountedByTheirOutcome() throws Exception {
        gateway.desk().reload();
        Files.writeString(home.config(), "admission: {chain: [nobody]}\n");
        gateway.desk().reload();

        assertThat(scrape())
                .contains("gatehouse_chain_reloads_total{outcome=\"swapped\"} ")
                .doesNotContain("gatehouse_chain_reloads_total{outcome=\"swapped\"} 0")
                .doesNotContain("gatehouse_chain_reloads_total{outcome=\"rejected\"} 0")
                .contains("gatehouse_chain_current 0.0");
    }

    @Test
    void metrics_withoutAKey_areNotTold() throws Exception {
        MonitoringCall nobody = new MonitoringCall().get(metrics);
        MonitoringCall guess = new MonitoringCall()
                .with("Authorization", "Bearer gk_00000000_" + "x".repeat(43))
                .get(metrics);

        assertThat(List.of(nobody.status, guess.status)).containsOnly(401);
        assertThat(nobody.headers).containsKey("WWW-Authenticate");
        assertThat(nobody.body() + guess.body()).doesNotContain("gatehouse_");
    }

    @Test
    void metrics_whenTheConfigOpensThem_areToldToEverybody() throws Exception {
        Files.writeString(home.config(), Files.readString(home.config()) + "metrics: {access: open}\n");
        assertThat(gateway.desk().reload().warnings()).anyMatch(warning -> warning.startsWith("metrics.access"));

        assertThat(new MonitoringCall().get(metrics).body()).contains("gatehouse_live_sessions");
    }

    @Test
    void outage_isSeenByWhoKnewAKeyBefore() throws Exception {
        gateway.observatory().countRegistry();
        assertThat(scrape()).contains("gatehouse_devices 0.0");
        database.stop();
        gateway.health().look();
        gateway.observatory().countRegistry();

        assertThat(scrape()).contains("gatehouse_database_up 0.0").doesNotContain("gatehouse_devices ");
        assertThat(new MonitoringCall()
                        .with("Authorization", "Bearer gk_00000000_" + "x".repeat(43))
                        .get(metrics)
                        .status)
                .isEqualTo(503);
        assertThat(probe(Probe.LIVE).status).isEqualTo(200);
        assertThat(probe(Probe.STARTED).status).isEqualTo(200);
        assertThat(probe(Probe.READY).status).isEqualTo(503);
        assertThat(probe(Probe.READY).body())
                .isEqualTo("{\"status\":\"down\",\"phase\":\"running\",\"database\":\"down\"}");
    }

    @Test
    void probes_ofAGatewayThatRuns_areUp_andOfOneThatStops_notReady() throws Exception {
        assertThat(probe(Probe.READY).status).isEqualTo(200);
        assertThat(probe(Probe.READY).body())
                .isEqualTo("{\"status\":\"up\",\"phase\":\"running\",\"database\":\"up\"}");

        gateway.drain();

        assertThat(probe(Probe.READY).status).isEqualTo(503);
        assertThat(probe(Probe.STARTED).status).isEqualTo(200);
        assertThat(probe(Probe.LIVE).status).isEqualTo(200);
    }

    @Test
    void traces_arriveAtTheCollector() throws Exception {
        admit();
        refuse();
        gateway.close();

        assertThat(collector.spans())
                .extracting(Collector.Exported::name)
                .contains("admission", "check token", "check pairing")
                .doesNotContain("check hours");
        assertThat(collector.spans().toString()).doesNotContain(SECRET);
    }

    @Test
    void admissionCounts_areToldByTheMinute() throws Exception {
        admit();
        refuse();
        try (RestServer rest = new RestServer(gateway)) {
            JsonNode items = rest.get("/admission-counts?minutes=3").body().path("items");

            assertThat(items).hasSize(3);
            assertThat(items.findValues("admitted").stream()
                            .mapToLong(JsonNode::asLong)
                            .sum())
                    .isEqualTo(1);
            assertThat(items.findValues("refused").stream()
                            .mapToLong(JsonNode::asLong)
                            .sum())
                    .isEqualTo(1);
            assertThat(items.at("/2/at").asText()).endsWith(":00Z");
            assertThat(rest.get("/admission-counts").body().path("items")).hasSize(60);
            for (String wrong : List.of("0", "1441", "x", "-1", "99999999999")) {
                assertThat(rest.get("/admission-counts?minutes=" + wrong).status())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void dashboardAndAlerts_askForNothingThatTheGatewayDoesNotTell() throws Exception {
        admit().result("health", "{}");
        refuse();
        gateway.observatory().countRegistry();
        gateway.webhooks().count();
        String told = scrape();
        TreeSet<String> asked = new TreeSet<>();
        new ObjectMapper()
                .readTree(DASHBOARD.toFile())
                .findValues("expr")
                .forEach(query -> SERIES.matcher(query.asText()).results().forEach(found -> asked.add(found.group())));
        SERIES.matcher(Files.readString(MONITORING)).results().forEach(found -> asked.add(found.group()));

        assertThat(asked).hasSizeGreaterThan(15).allMatch(name -> isTold(told, name));
    }

    /** As a line of its own, or as the name of a histogram. */
    private static boolean isTold(String metrics, String name) {
        return metrics.contains("\n" + name + " ")
                || metrics.contains("\n" + name + "{")
                || metrics.contains("# TYPE " + name + " histogram\n");
    }

    private Peer admit() {
        Peer peer = connect(SECRET);
        peer.hello();
        return peer;
    }

    private void refuse() {
        assertThat(connect("a-wrong-token").errorCode()).isEqualTo("AUTH_TOKEN_MISMATCH");
    }

    private Peer connect(String token) {
        ConnectFixture client = ConnectFixture.backend().withToken(token);
        return new Peer(gateway.gatekeeper(), gateway.chain(), client).connect(Caller.of(client));
    }

    private String scrape() throws Exception {
        MonitoringCall call =
                new MonitoringCall().with("Authorization", "Bearer " + key).get(metrics);
        assertThat(call.status).isEqualTo(200);
        assertThat(call.headers.get("Content-Type")).startsWith("text/plain");
        return call.body();
    }

    private MonitoringCall probe(Probe probe) throws Exception {
        return new MonitoringCall()
                .get(new ProbeServlet(probe, gateway.observatory().readiness()));
    }
}
