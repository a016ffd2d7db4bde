package dev.gatehouse.device;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeSurfacesTest {

    private static final Authority OWNER = Authority.owner();

    private final RegistryFixture fixture = new RegistryFixture();
    private final NodeSurfaces surfaces =
            new NodeSurfaces(fixture.database, fixture.clock, new SecureRandom(), fixture.events::add);

    @BeforeEach
    void pair() {
        fixture.approve(fixture.open(RegistryFixture.claim("n", Role.NODE)));
        fixture.events.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void firstDeclaration_waits_andNothingIsInForce() {
        assertThat(surfaces.declare(claim("a.b"))).isTrue();

        assertThat(waiting().surface()).isEqualTo(surface("a.b"));
        assertThat(inForce("a.b")).isEqualTo(NodeSurface.NONE);
        assertThat(fixture.events)
                .containsExactly(new DeviceEvent.SurfaceRequested(waiting().requestId(), "n"));
    }

    @Test
    void sameDeclaration_writesNothing() {
        surfaces.declare(claim("a.b"));
        fixture.events.clear();
        String before = waiting().requestId();

        assertThat(surfaces.declare(claim("a.b"))).isTrue();

        assertThat(waiting().requestId()).isEqualTo(before);
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void widerDeclaration_widensTheRequest_whichKeepsItsId() {
        surfaces.declare(claim("a.b"));
        String before = waiting().requestId();

        surfaces.declare(claim("c.d"));

        assertThat(waiting().requestId()).isEqualTo(before);
        assertThat(waiting().surface()).isEqualTo(surface("a.b", "c.d"));
        assertThat(fixture.events)
                .containsExactly(
                        new DeviceEvent.SurfaceRequested(before, "n"), new DeviceEvent.SurfaceWidened(before, "n"));
    }

    @Test
    void otherVersion_refreshesTheRequest_andIsNotTold() {
        surfaces.declare(claim("a.b"));
        fixture.events.clear();

        surfaces.declare(claim("2027.1.1", surface("a.b")));

        assertThat(waiting().facts().client().version()).isEqualTo("2027.1.1");
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void approval_putsTheDeclarationInForce() {
        surfaces.declare(claim("a.b"));
        String requestId = waiting().requestId();

        NodeSurfaces.Approved approved = surfaces.approve(OWNER, requestId);

        assertThat(approved.requestId()).isEqualTo(requestId);
        assertThat(inForce("a.b")).isEqualTo(surface("a.b"));
        assertThat(node().request()).isEmpty();
        assertThat(fixture.events).contains(new DeviceEvent.SurfaceApproved(requestId, "n"));
        fixture.events.clear();
        assertThat(surfaces.declare(claim("a.b"))).isFalse();
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void widerDeclaration_afterApproval_keepsWhatWasApproved() {
        approve("a.b");

        assertThat(surfaces.declare(claim("a.b", "c.d"))).isTrue();

        assertThat(inForce("a.b", "c.d")).isEqualTo(surface("a.b"));
        surfaces.approve(OWNER, "n"); // by the id of the node
        assertThat(inForce("a.b", "c.d")).isEqualTo(surface("a.b", "c.d"));
    }

    @Test
    void staleRequest_isEnded_whenTheNodeDeclaresWhatItHas() {
        approve("a.b");
        surfaces.declare(claim("a.b", "c.d"));
        String stale = waiting().requestId();

        assertThat(surfaces.declare(claim("a.b"))).isFalse();

        assertThat(node().request()).isEmpty();
        assertThat(fixture.events).endsWith(new DeviceEvent.SurfaceRejected(stale, "n"));
    }

    @Test
    void rejectedNode_mayAskAgain_byAnotherRequest() {
        surfaces.declare(claim("a.b"));
        String first = waiting().requestId();

        assertThat(surfaces.reject(OWNER, first).deviceId()).isEqualTo("n");

        assertThatExceptionOfType(UnknownSurfaceRequest.class).isThrownBy(() -> surfaces.approve(OWNER, first));
        assertThatExceptionOfType(UnknownSurfaceRequest.class).isThrownBy(() -> surfaces.reject(OWNER, first));
        surfaces.declare(claim("a.b"));
        assertThat(waiting().requestId()).isNotEqualTo(first);
    }

    @Test
    void deviceThatIsNoNode_hasNoSurface() {
        fixture.pair("operator", "operator.read");
        NodeClaim claim = new NodeClaim(
                "operator", client("1"), NodeDetails.none(), InetAddress.getLoopbackAddress(), true, surface("a.b"));

        assertThat(surfaces.declare(claim)).isFalse();

        assertThat(surfaces.inForce("operator", surface("a.b"))).isEqualTo(NodeSurface.NONE);
        assertThat(surfaces.nodes(OWNER)).extracting(KnownNode::deviceId).containsExactly("n");
        assertThatExceptionOfType(UnknownNode.class).isThrownBy(() -> surfaces.remove(OWNER, "operator"));
        assertThatExceptionOfType(UnknownNode.class).isThrownBy(() -> surfaces.rename(OWNER, "operator", "x"));
    }

    @Test
    void revocation_takesTheSurface_andTheRequest() {
        approve("a.b");
        surfaces.declare(claim("a.b", "c.d"));
        String waiting = waiting().requestId();
        fixture.events.clear();

        fixture.registry.revoke(OWNER, "n", Role.NODE);

        assertThat(fixture.events)
                .containsExactly(
                        new DeviceEvent.TokenRevoked("n", Role.NODE),
                        new DeviceEvent.SurfaceRejected(waiting, "n"),
                        new DeviceEvent.SurfaceWithdrawn("n"));
        assertThat(inForce("a.b")).isEqualTo(NodeSurface.NONE);
        assertThat(surfaces.declare(claim("a.b"))).isFalse();
        fixture.approve(fixture.open(RegistryFixture.claim("n", Role.NODE)));
        assertThat(inForce("a.b")).isEqualTo(NodeSurface.NONE);
    }

    @Test
    void removalOfTheDevice_takesTheSurface() {
        approve("a.b");
        fixture.events.clear();

        fixture.registry.remove(OWNER, "n");

        assertThat(fixture.events)
                .containsExactly(new DeviceEvent.DeviceRemoved("n"), new DeviceEvent.SurfaceWithdrawn("n"));
        assertThat(surfaces.nodes(OWNER)).isEmpty();
    }

    @Test
    void removalOfTheNode_leavesTheOtherRole() {
        fixture.pair("n", "operator.read");
        approve("a.b");

        surfaces.remove(OWNER, "n");

        assertThat(surfaces.nodes(OWNER)).isEmpty();
        assertThat(fixture.registry.device(OWNER, "n").grants())
                .extracting(DeviceGrant::role)
                .containsExactly(Role.OPERATOR);
        assertThat(fixture.events).endsWith(new DeviceEvent.NodeRemoved("n"));
        assertThatExceptionOfType(UnknownNode.class).isThrownBy(() -> surfaces.remove(OWNER, "n"));
    }

    @Test
    void removalOfTheOnlyRole_forgetsTheDevice() {
        approve("a.b");

        surfaces.remove(OWNER, "n");

        assertThat(fixture.registry.find("n")).isEmpty();
        assertThatExceptionOfType(UnknownDevice.class).isThrownBy(() -> fixture.registry.device(OWNER, "n"));
    }

    @Test
    void callerBoundToItsDevice_reachesItsOwnNodeOnly_andNeverRemovesOne() {
        surfaces.declare(claim("a.b"));
        String requestId = waiting().requestId();
        Authority other = bound("other", "operator.pairing", "operator.write");
        Authority own = bound("n", "operator.pairing", "operator.write");

        assertDenied("node pairing approval denied", () -> surfaces.approve(other, requestId));
        assertDenied("node pairing approval denied", () -> surfaces.approve(other, "none"));
        assertDenied("node pairing rejection denied", () -> surfaces.reject(other, requestId));
        assertDenied("node pairing rejection denied", () -> surfaces.reject(other, "none"));
        assertDenied("node rename denied", () -> surfaces.rename(other, "n", "x"));
        assertDenied("node pairing removal denied", () -> remove(other));
        assertDenied("node pairing removal denied", () -> remove(own));
        assertThat(surfaces.pairings(other)).isEmpty();
        assertThat(surfaces.nodes(other))
                .singleElement()
                .extracting(KnownNode::request)
                .isEqualTo(Optional.empty());
        assertThat(surfaces.pairings(own)).hasSize(1);
        assertThat(surfaces.approve(own, requestId).surface().deviceId()).isEqualTo("n");
    }

    @Test
    void caller_needsTheScopesOfTheCommands() {
        surfaces.declare(claim("system.run"));
        String requestId = waiting().requestId();
        Authority writer =
                Authority.ofSession(Scopes.of("operator.pairing", "operator.write"), Optional.empty(), false);

        assertThatExceptionOfType(Denied.class)
                .isThrownBy(() -> surfaces.approve(writer, requestId))
                .satisfies(denied -> {
                    assertThat(denied.missingScope()).contains("operator.admin");
                    assertThat(denied.requiredScopes()).containsExactly("operator.pairing", "operator.admin");
                });
        assertThat(node().request()).isPresent();
    }

    @Test
    void reader_seesTheNodes_butNotWhatTheyAskFor() {
        surfaces.declare(claim("a.b"));
        Authority reader = Authority.ofSession(Scopes.of("operator.read"), Optional.empty(), false);
        Authority nobody = Authority.ofSession(Scopes.none(), Optional.empty(), false);

        assertThat(surfaces.node(reader, "n").isWaiting()).isTrue();
        assertThat(surfaces.node(reader, "n").request()).isEmpty();
        assertThatExceptionOfType(Denied.class).isThrownBy(() -> surfaces.nodes(nobody));
        assertThatExceptionOfType(Denied.class).isThrownBy(() -> surfaces.pairings(reader));
    }

    @RepeatedTest(20)
    void approvalsAtOnce_approveOnce() throws Exception {
        surfaces.declare(claim("a.b"));
        String requestId = waiting().requestId();
        fixture.events.clear();

        List<Object> outcomes = Race.of(2, () -> surfaces.approve(OWNER, requestId));

        assertThat(outcomes).filteredOn(NodeSurfaces.Approved.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(UnknownSurfaceRequest.class::isInstance).hasSize(1);
        assertThat(fixture.events).containsExactly(new DeviceEvent.SurfaceApproved(requestId, "n"));
    }

    @RepeatedTest(20)
    void approvalAndRevocationAtOnce_leaveNothingInForce() throws Exception {
        surfaces.declare(claim("a.b"));
        String requestId = waiting().requestId();

        race(() -> surfaces.approve(OWNER, requestId), () -> fixture.registry.revoke(OWNER, "n", Role.NODE));

        assertThat(inForce("a.b")).isEqualTo(NodeSurface.NONE);
        fixture.approve(fixture.open(RegistryFixture.claim("n", Role.NODE)));
        assertThat(inForce("a.b")).as("what was approved before the revocation").isEqualTo(NodeSurface.NONE);
        assertThat(node().request()).isEmpty();
    }

    @RepeatedTest(20)
    void declarationsAtOnce_openOneRequest() throws Exception {
        race(() -> surfaces.declare(claim("a.b")), () -> surfaces.declare(claim("c.d")));

        assertThat(waiting().surface()).isEqualTo(surface("a.b", "c.d"));
        assertThat(fixture.events)
                .filteredOn(DeviceEvent.SurfaceRequested.class::isInstance)
                .hasSize(1);
    }

    private static void race(Callable<?> first, Callable<?> second) throws Exception {
        AtomicInteger runners = new AtomicInteger();
        Race.of(2, () -> runners.getAndIncrement() == 0 ? first.call() : second.call());
    }

    private void assertDenied(String text, Callable<?> call) {
        assertThatExceptionOfType(Denied.class).isThrownBy(call::call).withMessage(text);
    }

    private String remove(Authority authority) {
        surfaces.remove(authority, "n");
        return "removed";
    }

    private static Authority bound(String device, String... scopes) {
        return Authority.ofSession(Scopes.of(scopes), Optional.of(device), true);
    }

    private void approve(String... commands) {
        surfaces.declare(claim(commands));
        surfaces.approve(OWNER, "n");
    }

    private SurfaceRequest waiting() {
        return node().request().orElseThrow();
    }

    private KnownNode node() {
        return surfaces.node(OWNER, "n");
    }

    private NodeSurface inForce(String... commands) {
        return surfaces.inForce("n", surface(commands));
    }

    private static NodeSurface surface(String... commands) {
        return NodeSurface.of(List.of("system"), List.of(commands), Map.of());
    }

    private static NodeClaim claim(String... commands) {
        return claim("2026.9.6", surface(commands));
    }

    private static NodeClaim claim(String version, NodeSurface surface) {
        return new NodeClaim("n", client(version), NodeDetails.none(), InetAddress.getLoopbackAddress(), true, surface);
    }

    private static Client client(String version) {
        return new Client("node-host", "node", version, "linux", Optional.of("Linux"), Optional.of("attic"), List.of());
    }
}
