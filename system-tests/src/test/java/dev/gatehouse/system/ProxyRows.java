package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.system.ProxyCaller.Concluded;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks a gateway in every way that the table has, and notes what it concludes. */
final class ProxyRows implements AutoCloseable {

    static final List<String> NOBODY = List.of();
    static final List<String> LOOPBACK = List.of("127.0.0.1");

    /** Where the outer one of two proxies is. */
    private static final String OUTER = "127.0.0.2";

    private final Server server;
    private final SelfSigned tls;
    private final String ownAddress;
    private final Optional<Container> container;
    private final TestDevice device = TestDevice.create();
    private final Map<Proxy, RunningProxy> asTheyAre = new EnumMap<>(Proxy.class);
    private final List<ProxyRow> rows = new ArrayList<>();
    private List<String> trusted = NOBODY;

    /**
     * Somebody who will ask.
     *
     * @param server a gateway that listens on every address of this machine
     * @param ownAddress an address of this machine that is not loopback
     */
    ProxyRows(Server server, SelfSigned tls, String ownAddress, Optional<Container> container) {
        this.server = server;
        this.tls = tls;
        this.ownAddress = ownAddress;
        this.container = container;
    }

    /** Starts the proxies, which go on until this is closed, and asks. */
    List<ProxyRow> ask() throws IOException {
        for (Proxy proxy : Proxy.values()) {
            asTheyAre.put(proxy, ProxyConfig.asItIs(proxy).start(tls, server.port()));
        }
        askWithoutTrust();
        askWithTrust();
        askThroughTwo();
        if (container.isPresent()) {
            askFromContainers();
        }
        return List.copyOf(rows);
    }

    /** A proxy with its config as it is. */
    RunningProxy running(Proxy proxy) {
        return Optional.ofNullable(asTheyAre.get(proxy)).orElseThrow(() -> new IllegalStateException("ask first"));
    }

    /** A caller from another machine. */
    ProxyCaller elsewhere(Proxy proxy) {
        return through(running(proxy), Who.ELSEWHERE, Sent.NOTHING);
    }

    /** Puts the trusted proxies in force. */
    void trust(List<String> proxies) {
        trusted = proxies;
        try {
            Files.writeString(server.home().resolve("gatehouse.yaml"), "network: {trusted-proxies: " + proxies + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write gatehouse.yaml", e);
        }
        var answer = Operator.of(server).send("POST", "/api/v1/chain/reload");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Override
    public void close() {
        asTheyAre.values().forEach(RunningProxy::close);
    }

    private void askWithoutTrust() throws IOException {
        trust(NOBODY);
        straight(Who.HERE, Sent.NOTHING);
        straight(Who.HERE, Sent.of("Host: gateway.example"));
        straight(Who.HERE, Sent.of("Origin: https://page.example"));
        straight(Who.HERE, Sent.of("X-Forwarded-For: 127.0.0.1"));
        straight(Who.ELSEWHERE, Sent.NOTHING);
        straight(Who.ELSEWHERE, Sent.of("Host: localhost"));
        straight(Who.ELSEWHERE, Sent.of("X-Forwarded-For: 127.0.0.1"));
        straight(Who.ELSEWHERE, Sent.of("X-OpenClaw-Scopes: operator.none"));
        for (RunningProxy proxy : asTheyAre.values()) {
            by(proxy, Who.ELSEWHERE, Sent.NOTHING);
        }
        with(ProxyConfig.asItIs(Proxy.NGINX).silent(), proxy -> by(proxy, Who.ELSEWHERE, Sent.NOTHING));
    }

    private void askWithTrust() throws IOException {
        trust(LOOPBACK);
        for (RunningProxy proxy : asTheyAre.values()) {
            by(proxy, Who.ELSEWHERE, Sent.NOTHING);
            by(proxy, Who.ELSEWHERE, Sent.EVERYTHING);
            by(proxy, Who.HERE_IPV6, Sent.NOTHING);
        }
        for (Proxy proxy : Proxy.values()) {
            askWithMistakes(ProxyConfig.asItIs(proxy));
        }
        askWithNginxMistakes(ProxyConfig.asItIs(Proxy.NGINX));
        straight(Who.HERE, Sent.NOTHING);
        straight(Who.HERE, Sent.of("X-Forwarded-For: 203.0.113.66"));
        straight(Who.HERE, Sent.of("X-Forwarded-For: 127.0.0.1"));
        straight(Who.ELSEWHERE, Sent.NOTHING);
        straight(Who.ELSEWHERE, Sent.of("X-Forwarded-For: 127.0.0.1"));
    }

    private void askWithMistakes(ProxyConfig config) throws IOException {
        with(config.silent(), proxy -> by(proxy, Who.ELSEWHERE, Sent.NOTHING));
        with(config.appending(), proxy -> {
            by(proxy, Who.ELSEWHERE, Sent.NOTHING);
            by(proxy, Who.ELSEWHERE, Sent.of("X-Forwarded-For: 127.0.0.1"));
            by(proxy, Who.ELSEWHERE, Sent.of("X-Forwarded-For: not an address"));
        });
    }

    private void askWithNginxMistakes(ProxyConfig config) throws IOException {
        ProxyConfig bare = config.silent()
                .with("Host              $http_host", "Host localhost")
                .named("which names nobody, and localhost as the host");
        with(bare, proxy -> by(proxy, Who.ELSEWHERE, Sent.NOTHING));
        ProxyConfig halfClean = config.without("Forwarded         \"\"").named("which lets Forwarded through");
        with(halfClean, proxy -> by(proxy, Who.ELSEWHERE, Sent.of("Forwarded: for=203.0.113.66")));
    }

    private void askThroughTwo() throws IOException {
        ProxyConfig inner = ProxyConfig.asItIs(Proxy.HAPROXY)
                .without("del-header X-Forwarded-")
                .without("set-header X-Forwarded-Proto")
                .without("set-header X-Forwarded-Host")
                .with("set-header X-Forwarded-For", "add-header X-Forwarded-For");
        with(
                inner,
                haproxy -> with(outer("then haproxy, which appends"), haproxy.port(), nginx -> {
                    for (List<String> proxies : List.of(LOOPBACK, List.of(OUTER), List.of("127.0.0.1", OUTER))) {
                        trust(proxies);
                        by(nginx, Who.ELSEWHERE, Sent.NOTHING);
                    }
                    by(nginx, Who.ELSEWHERE, Sent.EVERYTHING);
                }));
        int overwriting = running(Proxy.HAPROXY).port();
        with(outer("then haproxy, which overwrites"), overwriting, nginx -> by(nginx, Who.ELSEWHERE, Sent.NOTHING));
    }

    /** nginx, which reaches the next proxy from another address than that reaches the gateway from. */
    private static ProxyConfig outer(String name) {
        return ProxyConfig.asItIs(Proxy.NGINX)
                .named("at " + OUTER + ", " + name)
                .with("proxy_pass http:", "proxy_bind " + OUTER + "; proxy_pass https:");
    }

    private void askFromContainers() throws IOException {
        trust(NOBODY);
        straight(Who.CONTAINER, Sent.NOTHING);
        straight(Who.CONTAINER, Sent.of("Host: localhost"));
        straight(Who.CONTAINER, Sent.of("X-Forwarded-For: 127.0.0.1"));
        trust(LOOPBACK);
        for (RunningProxy proxy : asTheyAre.values()) {
            by(proxy, Who.CONTAINER, Sent.NOTHING);
            by(proxy, Who.CONTAINER_IPV6, Sent.EVERYTHING);
        }
    }

    private interface Asking {
        void by(RunningProxy proxy) throws IOException;
    }

    private void with(ProxyConfig config, Asking asking) throws IOException {
        with(config, server.port(), asking);
    }

    private void with(ProxyConfig config, int behind, Asking asking) throws IOException {
        try (RunningProxy proxy = config.start(tls, behind)) {
            asking.by(proxy);
        }
    }

    private void by(RunningProxy proxy, Who who, Sent sent) throws IOException {
        note(who, "through " + proxy.label(), sent, through(proxy, who, sent));
    }

    private void straight(Who who, Sent sent) throws IOException {
        String host = sent.host(addressFor(who) + ":" + server.port());
        note(
                who,
                "straight",
                sent,
                new ProxyCaller(addressFor(who), server.port(), Optional.empty(), host, sent.others()));
    }

    private ProxyCaller through(RunningProxy proxy, Who who, Sent sent) {
        Optional<Path> certificate = Optional.of(tls.certificate());
        String host = sent.host(SelfSigned.NAME + ":" + proxy.port());
        return new ProxyCaller(addressFor(who), proxy.port(), certificate, host, sent.others());
    }

    private void note(Who who, String way, Sent sent, ProxyCaller caller) throws IOException {
        String token = server.gatewayToken();
        Concluded concluded = who.isContained()
                ? Concluded.parse(container
                        .orElseThrow()
                        .java(ProxyCaller.class.getName(), Map.of("TOKEN", token), caller.arguments()))
                : caller.ask(device, token);
        rows.add(new ProxyRow(trusted, who.label(), who.isRemote(), way, sent.label(), concluded));
    }

    private String addressFor(Who who) {
        return switch (who) {
            case ELSEWHERE -> ownAddress;
            case HERE -> "127.0.0.1";
            case HERE_IPV6 -> "::1";
            case CONTAINER -> Container.HOST;
            case CONTAINER_IPV6 -> Container.HOST_IPV6;
        };
    }
}
