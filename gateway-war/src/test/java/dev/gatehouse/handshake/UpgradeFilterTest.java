package dev.gatehouse.handshake;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.forwarded.Attribution;
import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.spi.UpgradeContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UpgradeFilterTest {

    private static final FilterChain NOBODY = (request, response) -> {
        throw new AssertionError("an upgrade went on to the next filter");
    };

    private final CurrentUpgrade current = new CurrentUpgrade();
    private final Places places = new Places(2);
    private final List<UpgradeContext> crowded = new ArrayList<>();
    private final RefusedUpgrades refusedUpgrades = new RefusedUpgrades() {
        @Override
        public String unattributed(UpgradeContext facts, Attribution.Refused refused) {
            return "r1";
        }

        @Override
        public void crowded(UpgradeContext facts) {
            crowded.add(facts);
        }
    };

    /** What the container does with an upgrade. */
    @FunctionalInterface
    private interface Upgrade {
        void take(HttpServletRequest request) throws Exception;
    }

    @Test
    void request_thatIsNoUpgrade_passesOnWithoutFacts() throws IOException, ServletException {
        List<ServletRequest> passed = new ArrayList<>();
        HttpServletRequest request = new UpgradeRequest().without("Upgrade").request();

        filter(upgrade -> {
                    throw new AssertionError("no upgrade");
                })
                .doFilter(request, response(), (passedOn, unused) -> {
                    assertThat(current.facts()).isEmpty();
                    passed.add(passedOn);
                });

        assertThat(passed).containsExactly(request);
    }

    @Test
    void request_thatTheContainerTakesAwayWhileItIsRead_isRefused() {
        HttpServletRequest recycled =
                new HttpServletRequestWrapper(
                        new UpgradeRequest().with("Sec-WebSocket-Key", "first").request()) {
                    private int asked;

                    @Override
                    public String getHeader(String name) {
                        boolean isKey = name.equals("Sec-WebSocket-Key");
                        return isKey && asked++ > 0 ? "second" : super.getHeader(name);
                    }
                };

        assertThatThrownBy(() -> filter(upgrade -> {
                            throw new AssertionError("must not be upgraded");
                        })
                        .doFilter(recycled, response(), NOBODY))
                .isInstanceOf(ServletException.class);
        assertThat(current.facts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "TLS/1.0", "websockets", ""})
    void request_thatUpgradesToSomethingElse_passesOn(String protocol) throws IOException, ServletException {
        List<ServletRequest> passed = new ArrayList<>();
        HttpServletRequest request = new UpgradeRequest()
                .without("Upgrade")
                .with("Upgrade", protocol)
                .request();

        filter(upgrade -> {
                    throw new AssertionError("no upgrade");
                })
                .doFilter(request, response(), (passedOn, unused) -> passed.add(passedOn));

        assertThat(passed).containsExactly(request);
    }

    @Test
    void upgrade_thatNobodyCanTellFrom_isAnsweredWithTheStockRefusal() throws IOException, ServletException {
        StringWriter body = new StringWriter();
        List<Object> status = new ArrayList<>();
        HttpServletResponse response = Stub.of(HttpServletResponse.class, (method, arguments) -> {
            status.addAll(method.equals("setStatus") ? List.of(arguments) : List.of());
            return method.equals("getWriter") ? new PrintWriter(body) : Optional.empty();
        });

        filter(upgrade -> {
                    throw new AssertionError("must not be upgraded");
                })
                .doFilter(
                        new UpgradeRequest()
                                .with("X-Forwarded-For", "203.0.113.9")
                                .request(),
                        response,
                        NOBODY);

        assertThat(status).containsExactly(403);
        assertThat(body.toString())
                .isEqualTo("{\"error\":{\"message\":\"Proxy client attribution is required. Configure"
                        + " gateway.trustedProxies narrowly and make the proxy overwrite or safely rebuild forwarded"
                        + " client headers.\",\"type\":\"proxy_attribution_required\",\"refusalId\":\"r1\"}}");
        assertThat(current.facts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket"})
    void upgrade_goesToTheContainer_withItsFacts(String protocol) throws IOException, ServletException {
        List<Optional<String>> hosts = new ArrayList<>();
        HttpServletRequest request = new UpgradeRequest()
                .without("Upgrade")
                .with("Upgrade", protocol)
                .request();

        filter(upgrade -> {
                    assertThat(((HttpServletRequestWrapper) upgrade).getRequest())
                            .isSameAs(request);
                    hosts.add(current.facts().flatMap(facts -> facts.host()));
                })
                .doFilter(request, response(), NOBODY);

        assertThat(hosts).containsExactly(Optional.of("localhost:18789"));
        assertThat(current.facts()).isEmpty();
    }

    @Test
    void upgrade_namesHostsByAddress_soThatNothingIsLookedUp() throws IOException, ServletException {
        List<String> names = new ArrayList<>();

        filter(upgrade -> {
                    names.add(upgrade.getRemoteHost());
                    names.add(upgrade.getLocalName());
                })
                .doFilter(new UpgradeRequest().from("203.0.113.9").request(), response(), NOBODY);

        assertThat(names).containsExactly("203.0.113.9", "127.0.0.1");
    }

    static Stream<Exception> failures() {
        return Stream.of(
                new IOException("gone"), new IllegalStateException("broken"), new DeploymentException("not deployed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void upgrade_thatTheContainerDoesNotTake_leavesNoFactsBehind(Exception failure) {
        UpgradeFilter filter = filter(upgrade -> {
            throw failure;
        });

        assertThatThrownBy(() -> filter.doFilter(new UpgradeRequest().request(), response(), NOBODY))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isSameAs(failure),
                        thrown -> assertThat(thrown)
                                .isInstanceOf(ServletException.class)
                                .hasCause(failure));
        assertThat(current.facts()).isEmpty();
    }

    @Test
    void upgrade_fromAPeerWithoutAnAddress_isNotTaken() {
        UpgradeFilter filter = filter(upgrade -> {
            throw new AssertionError("taken");
        });

        assertThatThrownBy(
                        () -> filter.doFilter(new UpgradeRequest().fromNowhere().request(), response(), NOBODY))
                .isInstanceOf(IllegalStateException.class);
        assertThat(current.facts()).isEmpty();
    }

    @Test
    void upgrades_thatRace_keepTheirOwnFacts() {
        CyclicBarrier together = new CyclicBarrier(2);
        try (RunningChain chain = new RunningChain()) {
            GatehouseConfigurator configurator =
                    new GatehouseConfigurator(current, chain::chain, GatehouseConfiguratorTest.SilentEndpoint::new);
            UpgradeFilter filter = filter(upgrade -> {
                together.await(10, TimeUnit.SECONDS);
                assertThat(originAfterHandshake(configurator)).contains(upgrade.getHeader("Origin"));
                together.await(10, TimeUnit.SECONDS);
            });

            CompletableFuture<Void> one = racing(filter, "https://one.example");
            CompletableFuture<Void> two = racing(filter, "https://two.example");

            assertThat(CompletableFuture.allOf(one, two).orTimeout(30, TimeUnit.SECONDS))
                    .succeedsWithin(30, TimeUnit.SECONDS);
        }
    }

    /** One upgrade on a thread of its own. */
    private static CompletableFuture<Void> racing(UpgradeFilter filter, String origin) {
        HttpServletRequest request = new UpgradeRequest().with("Origin", origin).request();
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        filter.doFilter(request, response(), NOBODY);
                    } catch (IOException | ServletException e) {
                        throw new AssertionError(e);
                    }
                },
                task -> new Thread(task).start());
    }

    @Test
    void upgrade_fromAnAddressWithTooManySockets_isRefusedWithARetryTime_andKept() throws Exception {
        places.take("203.0.113.9", 2);
        Map<String, Object> told = new HashMap<>();
        UpgradeFilter filter = filter(upgrade -> {
            throw new AssertionError("taken");
        });

        filter.doFilter(new UpgradeRequest().from("203.0.113.9").request(), answer(told), NOBODY);

        assertThat(told).containsEntry("setStatus", 503).containsEntry("setIntHeader", "Retry-After 5");
        assertThat(told.get("getWriter")).hasToString("Too many unauthenticated sockets");
        assertThat(crowded).hasSize(1);
        assertThat(current.facts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void upgrade_thatTheContainerDoesNotTake_givesItsPlaceBack(Exception failure) {
        UpgradeFilter beforeTheHandshake = filter(upgrade -> {
            throw failure;
        });
        UpgradeFilter afterTheHandshake = filter(upgrade -> {
            current.takePlace().orElseThrow().putInto(new HashMap<>());
            throw failure;
        });

        for (UpgradeFilter filter : List.of(beforeTheHandshake, afterTheHandshake)) {
            assertThatThrownBy(() -> filter.doFilter(new UpgradeRequest().request(), response(), NOBODY))
                    .isNotInstanceOf(AssertionError.class);
            assertThat(places.sockets().count()).isZero();
        }
    }

    @Test
    void upgrade_thatTheContainerDropsWithoutAWord_givesItsPlaceBack() throws Exception {
        filter(upgrade -> {}).doFilter(new UpgradeRequest().request(), response(), NOBODY);

        assertThat(places.sockets().count()).isZero();
    }

    @Test
    void upgrade_thatIsTaken_keepsItsPlaceUntilTheEndpointGivesItBack() throws Exception {
        Map<String, Object> properties = new HashMap<>();

        filter(upgrade -> current.takePlace().orElseThrow().putInto(properties))
                .doFilter(new UpgradeRequest().request(), response(), NOBODY);

        assertThat(places.sockets().count()).isEqualTo(1);
        Place.takeFrom(properties).leave();
        assertThat(places.sockets().count()).isZero();
    }

    /** Notes what is answered, by the name of the method. */
    private static HttpServletResponse answer(Map<String, Object> told) {
        return Stub.of(HttpServletResponse.class, (method, arguments) -> {
            if (method.equals("getWriter")) {
                StringWriter body = new StringWriter();
                told.put(method, body);
                return new PrintWriter(body, true);
            }
            told.put(method, arguments.length == 2 ? arguments[0] + " " + arguments[1] : arguments[0]);
            return Optional.empty();
        });
    }

    private static Optional<String> originAfterHandshake(GatehouseConfigurator configurator) {
        ServerEndpointConfig config = config();
        configurator.modifyHandshake(config, Stub.unused(HandshakeRequest.class), Stub.unused(HandshakeResponse.class));
        return UpgradeStage.takeFrom(config.getUserProperties())
                .flatMap(stage -> stage.context().origin());
    }

    private UpgradeFilter filter(Upgrade upgrade) {
        ServerContainer container = Stub.of(ServerContainer.class, (method, arguments) -> {
            assertThat(method).isEqualTo("upgradeHttpToWebSocket");
            upgrade.take((HttpServletRequest) arguments[0]);
            return Optional.empty();
        });
        return new UpgradeFilter(
                container, config(), () -> NetworkSettings.DIRECT, current, places.sockets(), refusedUpgrades);
    }

    private static ServerEndpointConfig config() {
        return ServerEndpointConfig.Builder.create(GatehouseConfiguratorTest.SilentEndpoint.class, "/")
                .configurator(new ServerEndpointConfig.Configurator())
                .build();
    }

    private static ServletResponse response() {
        return Stub.unused(HttpServletResponse.class);
    }
}
