package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.EntityManager;

import dev.gatehouse.spi.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes may be used for: what they declare, what an operator approved, and what is in force of both (wire reference
 * 7.9).
 *
 * <p>A surface hangs off the grant of its device for the role node: a device without one has none, and when the grant is
 * revoked or removed, the surface and what the node asks for are gone. Each change writes that grant, whose version decides
 * which of two changes came first. A node has one request at a time, which keeps its id however often the node declares
 * more, and has no end but a decision.
 *
 * <p>Each method is one transaction; its events are published after the commit, on the calling thread. Every method may
 * block on the database and throws {@link dev.gatehouse.spi.TemporarilyUnavailable} when that cannot answer. Safe for
 * concurrent use.
 */
public final class NodeSurfaces {

    private static final Logger LOG = LoggerFactory.getLogger(NodeSurfaces.class);

    private final Database database;
    private final Changes changes;
    private final Clock clock;
    private final RandomText random;

    /**
     * The surfaces that a database keeps.
     *
     * @param database where they are kept, with the devices
     * @param clock tells the time
     * @param random draws request ids
     * @param listener told of every change after its commit; must not block for long
     */
    public NodeSurfaces(Database database, Clock clock, SecureRandom random, RegistryListener listener) {
        this.database = database;
        this.changes = new Changes(database, listener);
        this.clock = clock;
        this.random = new RandomText(random);
    }

    /**
     * Takes note of what a node declares: what goes beyond what was approved waits for an operator. A declaration that says
     * nothing new writes nothing.
     *
     * @param claim what the node says
     * @return whether something waits for an operator; never for a device that is no node
     */
    public boolean declare(NodeClaim claim) {
        Optional<Boolean> unchanged = database.read(entityManager -> unchanged(entityManager, claim));
        return unchanged.orElseGet(
                () -> changes.make(Actor.device(claim.deviceId()), entityManager -> declare(entityManager, claim)));
    }

    /**
     * What of a declared surface is in force now.
     *
     * @param deviceId the node's device
     * @param declared what the node declares
     * @return what is in both; nothing when nothing was approved
     */
    public NodeSurface inForce(String deviceId, NodeSurface declared) {
        return database.read(entityManager -> inForce(entityManager, deviceId, declared));
    }

    /**
     * Reads the request that waits.
     *
     * @param requestId its id
     * @return the request, or empty when there is none of that id, or not any more
     */
    public Optional<SurfaceRequest> request(String requestId) {
        return database.read(entityManager ->
                new JpaNodes(entityManager).request(requestId).map(SurfaceRequestEntity::toSurfaceRequest));
    }

    /**
     * Lists the nodes, the one paired last first, a thousand at most.
     *
     * @param authority who asks
     * @return the nodes; what they ask for only where the caller may know
     * @throws Denied when the caller may see none
     */
    public List<KnownNode> nodes(Authority authority) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReadingNodes();
        return database.read(entityManager -> new JpaNodes(entityManager).list()).stream()
                .map(node -> seenBy(rules, node))
                .toList();
    }

    /**
     * Reads one node.
     *
     * @param authority who asks
     * @param deviceId its id
     * @return the node; what it asks for only when the caller may know
     * @throws UnknownNode when no device of this id is approved for the role node
     * @throws Denied when the caller may see none
     */
    public KnownNode node(Authority authority, String deviceId) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReadingNodes();
        return database.read(entityManager -> new JpaNodes(entityManager).node(deviceId))
                .map(node -> seenBy(rules, node))
                .orElseThrow(() -> new UnknownNode(deviceId));
    }

    /**
     * Lists the nodes that a caller who pairs gets to see, the one paired last first, a thousand at most.
     *
     * @param authority who asks
     * @return the nodes; to a caller that is bound to its device only that one
     * @throws Denied when the caller may see none
     */
    public List<KnownNode> pairings(Authority authority) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReading();
        return database.read(entityManager -> rules.onlyDevice()
                .map(deviceId ->
                        new JpaNodes(entityManager).node(deviceId).stream().toList())
                .orElseGet(() -> new JpaNodes(entityManager).list()));
    }

    /**
     * Approves what a node asks for: adds it to what the node may be used for.
     *
     * @param authority who approves
     * @param id the request's id, or the node's
     * @return what the node may be used for now, and the id of the request
     * @throws Denied when the caller may not
     * @throws UnknownSurfaceRequest when there is none, or not any more
     */
    public Approved approve(Authority authority, String id) {
        DeviceRules rules = new DeviceRules(authority);
        Approved approved = changes.make(authority.actor(), entityManager -> approve(entityManager, rules, id));
        LOG.info(
                "the surface of node {} was approved by request {}",
                approved.surface().deviceId(),
                approved.requestId());
        return approved;
    }

    /**
     * A request that was approved.
     *
     * @param requestId its id
     * @param surface what the node may be used for now
     */
    public record Approved(String requestId, ApprovedSurface surface) {}

    /**
     * Rejects what a node asks for. Nothing is remembered against the node: it asks again when it connects again.
     *
     * @param authority who rejects
     * @param id the request's id, or the node's
     * @return the request as it was
     * @throws Denied when the caller may not
     * @throws UnknownSurfaceRequest when there is none, or not any more
     */
    public SurfaceRequest reject(Authority authority, String id) {
        DeviceRules rules = new DeviceRules(authority);
        return changes.make(authority.actor(), entityManager -> {
            JpaNodes nodes = new JpaNodes(entityManager);
            SurfaceRequestEntity request =
                    nodes.request(id).orElseThrow(() -> rules.nodeRejectionFailed(new UnknownSurfaceRequest(id)));
            rules.checkNodeRejection(request.deviceId());
            rules.checkExpected(request::toSurfaceRequest);
            nodes.grant(request.deviceId()).ifPresent(nodes::takeTurn);
            return Change.of(request.toSurfaceRequest(), end(entityManager, request));
        });
    }

    /**
     * Takes the role node from a device, with its tokens, what it may be used for and what it asks for. A device that has
     * no other role is known no more.
     *
     * @param authority who removes it
     * @param deviceId its id
     * @throws Denied when the caller may not
     * @throws UnknownNode when the device is not approved for the role node
     */
    public void remove(Authority authority, String deviceId) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkNodeRemoval(deviceId);
        String removed = changes.make(authority.actor(), entityManager -> remove(entityManager, rules, deviceId));
        LOG.info("node {} was removed", removed);
    }

    /**
     * Gives a node another label, which is that of its device.
     *
     * @param authority who names it
     * @param deviceId its id
     * @param label 1 to 64 characters
     * @return the label as it is now
     * @throws Denied when the caller may not
     * @throws UnknownNode when the device is not approved for the role node
     * @throws InvalidLabel when the label cannot be used
     */
    public String rename(Authority authority, String deviceId, String label) {
        new DeviceRules(authority).checkNodeRename(deviceId);
        Label checked = new Label(label);
        return changes.make(authority.actor(), entityManager -> {
            GrantEntity grant =
                    new JpaNodes(entityManager).grant(deviceId).orElseThrow(() -> new UnknownNode(deviceId));
            entityManager.find(DeviceEntity.class, grant.deviceId()).relabel(checked.text());
            return Change.of(checked.text(), new DeviceEvent.DeviceRelabelled(deviceId));
        });
    }

    private static NodeSurface inForce(EntityManager entityManager, String deviceId, NodeSurface declared) {
        JpaNodes nodes = new JpaNodes(entityManager);
        return nodes.grant(deviceId)
                .flatMap(grant -> nodes.surface(deviceId))
                .map(approved -> declared.cutTo(approved.surface()))
                .orElse(NodeSurface.NONE);
    }

    /** What {@link #declare} is to answer when nothing has to be written for it. */
    private static Optional<Boolean> unchanged(EntityManager entityManager, NodeClaim claim) {
        JpaNodes nodes = new JpaNodes(entityManager);
        if (nodes.grant(claim.deviceId()).isEmpty()) {
            return Optional.of(false);
        }
        Optional<SurfaceRequestEntity> request = nodes.requestOf(claim.deviceId());
        if (isApproved(nodes, claim)) {
            return request.isEmpty() ? Optional.of(false) : Optional.empty();
        }
        return request.filter(waiting -> waiting.says(claim)).map(waiting -> true);
    }

    private Change<Boolean> declare(EntityManager entityManager, NodeClaim claim) {
        JpaNodes nodes = new JpaNodes(entityManager);
        Optional<GrantEntity> grant = nodes.grant(claim.deviceId());
        if (grant.isEmpty()) {
            return Change.of(false);
        }
        nodes.takeTurn(grant.get());
        Optional<SurfaceRequestEntity> request = nodes.requestOf(claim.deviceId());
        if (isApproved(nodes, claim)) {
            return request.map(stale -> Change.of(false, end(entityManager, stale)))
                    .orElseGet(() -> Change.of(false));
        }
        return request.map(waiting -> refresh(waiting, claim)).orElseGet(() -> open(entityManager, grant.get(), claim));
    }

    private Change<Boolean> open(EntityManager entityManager, GrantEntity grant, NodeClaim claim) {
        SurfaceRequestEntity request = new SurfaceRequestEntity(random.requestId(), grant, claim, clock.millis());
        entityManager.persist(request);
        return Change.of(true, new DeviceEvent.SurfaceRequested(request.requestId(), request.deviceId()));
    }

    private static Change<Boolean> refresh(SurfaceRequestEntity request, NodeClaim claim) {
        boolean isWidened = request.isWidenedBy(claim);
        request.refresh(claim);
        return isWidened
                ? Change.of(true, new DeviceEvent.SurfaceWidened(request.requestId(), request.deviceId()))
                : Change.of(true);
    }

    private Change<Approved> approve(EntityManager entityManager, DeviceRules rules, String id) {
        JpaNodes nodes = new JpaNodes(entityManager);
        SurfaceRequestEntity request =
                nodes.request(id).orElseThrow(() -> rules.nodeApprovalFailed(new UnknownSurfaceRequest(id)));
        rules.checkNodeApproval(request.deviceId(), request.surface().requiredApproveScopes());
        rules.checkExpected(request::toSurfaceRequest);
        GrantEntity grant = nodes.grant(request.deviceId()).orElseThrow(() -> new UnknownSurfaceRequest(id));
        nodes.takeTurn(grant);
        NodeSurfaceEntity surface = nodes.surface(request.deviceId()).orElse(null);
        if (surface == null) {
            surface = new NodeSurfaceEntity(grant, request.declaration(), clock.millis());
            entityManager.persist(surface);
        } else {
            surface.widen(request.declaration(), clock.millis());
        }
        entityManager.remove(request);
        return Change.of(
                new Approved(request.requestId(), surface.toApprovedSurface()),
                new DeviceEvent.SurfaceApproved(request.requestId(), request.deviceId()));
    }

    private static Change<String> remove(EntityManager entityManager, DeviceRules rules, String deviceId) {
        GrantEntity grant = PairedDevices.grantEntity(entityManager, deviceId, Role.NODE)
                .orElseThrow(() -> new UnknownNode(deviceId));
        rules.checkExpected(() -> locked(entityManager, deviceId));
        List<DeviceEvent> events = new ArrayList<>(List.of(new DeviceEvent.NodeRemoved(deviceId)));
        new JpaNodes(entityManager)
                .forget(deviceId).stream()
                        .filter(event -> !(event instanceof DeviceEvent.SurfaceWithdrawn))
                        .forEach(events::add);
        entityManager.remove(grant);
        entityManager.flush();
        if (PairedDevices.grantEntity(entityManager, deviceId, Role.OPERATOR).isEmpty()) {
            entityManager.remove(entityManager.find(DeviceEntity.class, deviceId));
        }
        new JpaPairingRequests(entityManager).unresolved(deviceId, Role.NODE).ifPresent(entityManager::remove);
        return new Change<>(deviceId, events);
    }

    private static KnownNode locked(EntityManager entityManager, String deviceId) {
        PairedDevices.locked(entityManager, deviceId);
        return new JpaNodes(entityManager).node(deviceId).orElseThrow(() -> new UnknownNode(deviceId));
    }

    private static DeviceEvent end(EntityManager entityManager, SurfaceRequestEntity request) {
        entityManager.remove(request);
        return new DeviceEvent.SurfaceRejected(request.requestId(), request.deviceId());
    }

    private static boolean isApproved(JpaNodes nodes, NodeClaim claim) {
        return nodes.surface(claim.deviceId())
                .filter(approved -> approved.surface().covers(claim.surface()))
                .isPresent();
    }

    private static KnownNode seenBy(DeviceRules rules, KnownNode node) {
        return rules.seesRequestOf(node.deviceId()) ? node : node.withoutRequest();
    }
}
