package dev.gatehouse.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway behind real proxies with the configs of server-config/, with mistakes in them, and beside them: who it takes
 * each caller for. What it concluded is docs/proxies.md. Rows from containers take root; without it they are not compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyIT {

    private static final String REGENERATE = "mvn verify -Dtest=NoSuchTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dit.test=ProxyIT -Dgatehouse.docs.update=true";
    private static final Path DOCUMENT = Checkout.docs("proxies.md");
    private static final Path INTRODUCTION =
            Checkout.systemTests("src/test/resources/dev/gatehouse/system/proxies-introduction.md");

    private static final Pattern REQUEST = Pattern.compile("\\(requestId: ([^)]+)\\)");

    private String own;
    private SelfSigned tls;
    private EmbeddedServer server;
    private Optional<Container> container = Optional.empty();
    private ProxyRows ways;
    private List<ProxyRow> rows = List.of();

    @BeforeAll
    void askInEveryWay(@TempDir Path folder) throws IOException {
        own = ownAddress();
        tls = SelfSigned.of(own, folder);
        server = EmbeddedServer.startOnEveryAddress(Checkout.freshFolder("proxied"));
        container = Container.start();
        ways = new ProxyRows(server, tls, own, container);
        rows = ways.ask();
    }

    @AfterAll
    void stop() {
        if (ways != null) {
            ways.close();
        }
        container.ifPresent(Container::close);
        if (server != null) {
            server.close();
        }
    }

    @Test
    void table_isWhatTheGatewayConcludes() throws IOException {
        String generated = document();
        if (Boolean.getBoolean("gatehouse.docs.update")) {
            assertThat(container).as("only root can make all rows").isPresent();
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(comparable(TextFile.read(DOCUMENT)))
                .as("docs/proxies.md is not what the gateway concludes; run: %s", REGENERATE)
                .isEqualTo(comparable(generated));
    }

    @Test
    void nobodyFromAnotherMachine_isEverLocal() {
        assertThat(rows).filteredOn(ProxyRow::isRemote).hasSizeGreaterThan(30).noneMatch(ProxyRow::isLocal);
        assertThat(rows).as("somebody is").anyMatch(ProxyRow::isLocal);
    }

    @Test
    void whoami_saysOfEveryWay_whetherAWebSocketWouldBeRefused() {
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.concluded().told().equals("HTTP 403")).isEqualTo(row.isRefused()));
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void configAsItIs_namesTheClient_andPassesNothingOnThatTheClientSaid(Proxy proxy) {
        List<ProxyRow> told = rows.stream()
                .filter(row -> row.trusted().equals(ProxyRows.LOOPBACK)
                        && row.way().equals("through " + proxy.label())
                        && row.caller().equals(Who.ELSEWHERE.label()))
                .toList();

        assertThat(told).hasSize(2).allSatisfy(row -> {
            var whoami = row.concluded().whoami();
            assertThat(whoami.path("address").asText()).isEqualTo(own);
            assertThat(whoami.path("secure").asBoolean()).isTrue();
            assertThat(whoami.path("host").asText()).startsWith(SelfSigned.NAME + ":");
            assertThat(whoami.path("hops")).hasSize(2);
            assertThat(row.concluded().told()).isEqualTo("PAIRING_REQUIRED (operator.read)");
        });
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void configAsItIs_letsEventsThroughAsTheyHappen(Proxy proxy) throws IOException {
        try (Socket socket = ways.elsewhere(proxy).connected()) {
            String head = "GET /api/v1/events HTTP/1.1\r\nHost: " + SelfSigned.NAME + "\r\nAuthorization: Bearer "
                    + server.apiKey() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            readUntil(lines, "retry: 3000");

            TestDevice asking = TestDevice.create();
            asking.request(server, "cli", "cli");

            readUntil(lines, asking.id());
        }
    }

    /** The command line makes no identity of its own; it uses that of the node host in the same home. */
    @Test
    void stockClients_overTlsThroughNginx_arePairedAndServed(@TempDir Path home) {
        ways.trust(ProxyRows.LOOPBACK);
        Operator operator = Operator.of(server);
        OpenClawCli cli = new OpenClawCli(
                server,
                home,
                "wss://" + own + ":" + ways.running(Proxy.NGINX).port(),
                Map.of("NODE_EXTRA_CA_CERTS", tls.certificate().toString()));

        try (NodeHost node = cli.startNode(home.resolve("node.log"), server.gatewayToken())) {
            approveFromElsewhere(operator, node.awaitRefusal("device pairing required"));
            node.awaitConnects(1);

            OpenClawCli.Result asks = cli.run("devices", "list");
            assertThat(asks.exitCode()).as(asks.output()).isEqualTo(1);
            approveFromElsewhere(operator, TextFile.word(asks.output(), REQUEST));
            assertThat(cli.succeed("devices", "list").output()).contains("Paired (1)", own);
        }
    }

    private void approveFromElsewhere(Operator operator, String requestId) {
        assertThat(operator.approve(requestId).body())
                .contains("\"state\":\"approved\"", "\"peer\":\"" + own + "\"", "\"local\":false");
    }

    private String document() {
        Map<List<String>, StringBuilder> sections = new LinkedHashMap<>();
        for (ProxyRow row : rows) {
            sections.computeIfAbsent(
                            row.trusted(),
                            proxies ->
                                    new StringBuilder("\n## `trusted-proxies: " + proxies + "`\n\n" + ProxyRow.HEADER))
                    .append(row.line(own));
        }
        return TextFile.read(INTRODUCTION) + String.join("", sections.values());
    }

    /** All of the document, or what can be told without containers. */
    private String comparable(String document) {
        return container.isPresent()
                ? document
                : document.lines()
                        .filter(line -> !line.startsWith("| " + Who.CONTAINER.label()))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void readUntil(BufferedReader lines, String text) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(text)) {
            line = lines.readLine();
        }
        assertThat(line).as("a line with '%s'", text).isNotNull();
    }

    /** Who connects to it comes from it, which is not loopback: another machine, as far as addresses go. */
    private static String ownAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this machine has no IPv4 address besides loopback"));
    }
}
