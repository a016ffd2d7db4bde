package dev.gatehouse.control;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.protocol.NodeDeclaration;
import dev.gatehouse.session.ManualTimers;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LiveNodesTest {

    private final RegistryFixture registry = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final RecordingAudience audience = new RecordingAudience();
    private final Invocations invocations = new Invocations(audience, new ManualTimers(), clock);
    private final NodeSurfaces surfaces = new NodeSurfaces(registry.database, clock, new SecureRandom(), event -> {});
    private final LiveNodes nodes = new LiveNodes(
            surfaces, new NodeAllowList(() -> new NodeSettings(List.of(), List.of())), invocations, clock);

    @BeforeEach
    void pair() {
        registry.approve(registry.open(RegistryFixture.claim("n", Role.NODE)));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void node_hasNothingInForce_untilItIsApproved() {
        join("c1");
        assertThat(commands()).isEmpty();

        surfaces.approve(Authority.owner(), "n");
        nodes.accept(new DeviceEvent.SurfaceApproved("r", "n"));

        assertThat(commands()).containsExactly("system.which");
    }

    @Test
    void newestConnection_isTheOneToAsk_andTheOlderOneIsNext() {
        join("c1");
        join("c2");
        assertThat(nodes.newest("n"))
                .hasValueSatisfying(node -> assertThat(node.connectionId()).isEqualTo("c2"));

        nodes.leave("c2");
        assertThat(nodes.newest("n"))
                .hasValueSatisfying(node -> assertThat(node.connectionId()).isEqualTo("c1"));
        nodes.leave("c1");

        assertThat(nodes.newest("n")).isEmpty();
    }

    @Test
    void whoeverIsNoNode_orHasNoDevice_isNotListed() {
        Caller operator = new Caller("c1", Role.OPERATOR, Scopes.none(), Identity.TOKEN, Optional.of("n"));
        nodes.join(operator, context(), declaration());
        nodes.join(
                new Caller("c2", Role.NODE, Scopes.none(), Identity.TOKEN, Optional.empty()), context(), declaration());

        assertThat(nodes.newest("n")).isEmpty();
        assertThat(nodes.connection("c2")).isEmpty();
    }

    @Test
    void everyLossOfTrust_endsWhatTheNodeWasAsked() {
        List<DeviceEvent> losses = List.of(
                new DeviceEvent.DeviceRemoved("n"),
                new DeviceEvent.NodeRemoved("n"),
                new DeviceEvent.SurfaceWithdrawn("n"),
                new DeviceEvent.TokenRevoked("n", Role.NODE));
        for (DeviceEvent loss : losses) {
            join("c1");
            CompletableFuture<Answer> answer = invocations.ask(
                    new Caller("op", Role.OPERATOR, Scopes.none(), Identity.TOKEN, Optional.empty()),
                    nodes.newest("n").orElseThrow(),
                    new NodeInvocation(
                            "n", "a.b", Optional.empty(), NodeInvocation.USUAL, loss.toString(), Optional.empty()));

            nodes.accept(loss);

            assertThat(answer).as("%s", loss).isDone();
            assertThat(nodes.newest("n")).isEmpty();
        }
    }

    @Test
    void revocationOfAnotherRole_changesNothing() {
        join("c1");

        nodes.accept(new DeviceEvent.TokenRevoked("n", Role.OPERATOR));
        nodes.accept(new DeviceEvent.DeviceRemoved("another"));

        assertThat(nodes.newest("n")).isPresent();
    }

    @Test
    void outage_letsNobodyIn_andLeavesTheOthersWithWhatTheyHad() {
        join("c1");
        surfaces.approve(Authority.owner(), "n");
        nodes.accept(new DeviceEvent.SurfaceApproved("r", "n"));
        registry.database.close();

        assertThatExceptionOfType(TemporarilyUnavailable.class).isThrownBy(() -> join("c2"));
        nodes.leave("c2"); // as the session does
        nodes.accept(new DeviceEvent.SurfaceApproved("r", "n"));

        assertThat(commands()).containsExactly("system.which");
    }

    private List<String> commands() {
        return List.copyOf(nodes.newest("n").orElseThrow().inForce().commands());
    }

    private void join(String connectionId) {
        nodes.join(
                new Caller(connectionId, Role.NODE, Scopes.none(), Identity.TOKEN, Optional.of("n")),
                context(),
                declaration());
    }

    private static ConnectContext context() {
        return ConnectFixture.node().withMetadata("linux", Optional.of("Linux")).connect();
    }

    private static NodeDeclaration declaration() {
        return new NodeDeclaration(
                List.of("system"),
                List.of("system.which", "evil.cmd"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
