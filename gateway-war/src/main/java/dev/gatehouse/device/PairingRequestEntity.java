package dev.gatehouse.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.jspecify.annotations.Nullable;

/** A device asking to be known, and what became of it. */
@Entity
@Table(name = "pairing_request")
class PairingRequestEntity {

    @Id
    @Column(name = "request_id")
    private String requestId;

    /** Unique while the request waits, so that a device has one request for each role; null afterwards. */
    @Column(name = "pending_key")
    private @Nullable String pendingKey;

    @Column(name = "device_id")
    private String deviceId;

    @Column(name = "public_key")
    private String publicKey;

    @Enumerated(EnumType.STRING)
    @Column(name = "role")
    private Role role;

    @Column(name = "scopes")
    private String scopes;

    @Enumerated(EnumType.STRING)
    @Column(name = "need")
    private PairingDesk.Need need;

    @Embedded
    private ClientColumns client;

    @Column(name = "peer")
    private String peer;

    @Column(name = "is_local")
    private boolean isLocal;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private PairingRequest.State state;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "refreshed_at")
    private long refreshedAt;

    @Column(name = "resolved_at")
    private @Nullable Long resolvedAt;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    PairingRequestEntity() {}

    PairingRequestEntity(String requestId, PairingDesk.Claim claim, long now) {
        this.requestId = requestId;
        this.deviceId = claim.device().deviceId();
        this.publicKey = claim.device().publicKey();
        this.role = claim.role();
        this.pendingKey = GrantEntity.id(deviceId, role);
        this.scopes = ScopeText.join(ScopeText.storable(role, claim.scopes()));
        this.need = claim.need();
        this.client = new ClientColumns(claim.client());
        this.peer = claim.peer().getHostAddress();
        this.isLocal = claim.isLocal();
        this.state = PairingRequest.State.PENDING;
        this.createdAt = now;
        this.refreshedAt = now;
    }

    /** Takes over what the device says now, and adds the scopes that it asks for now. */
    void refresh(PairingDesk.Claim claim, long now) {
        scopes = ScopeText.join(widenedBy(claim));
        need = claim.need();
        client = new ClientColumns(claim.client());
        peer = claim.peer().getHostAddress();
        isLocal = claim.isLocal();
        refreshedAt = now;
    }

    /** The scopes that an approval grants, which must not exceed those asked for. */
    Scopes approvedBy(Approval approval) {
        Scopes requested = scopes();
        Scopes approved = approval.scopes().orElse(requested);
        List<String> offending = approved.asList().stream()
                .filter(scope -> !requested.covers(scope) || !ScopeText.isName(scope))
                .toList();
        if (!offending.isEmpty()) {
            throw new InvalidApproval(offending, requested);
        }
        return approved;
    }

    void end(PairingRequest.State end, long now) {
        state = end;
        pendingKey = null;
        resolvedAt = now;
    }

    /** Whether a claim says the same as the request, so that nothing but the time is to be written. */
    boolean says(PairingDesk.Claim claim) {
        return isFor(claim)
                && !isWidenedBy(claim)
                && need == claim.need()
                && isLocal == claim.isLocal()
                && peer.equals(claim.peer().getHostAddress())
                && client.equals(new ClientColumns(claim.client()));
    }

    /** Whether the key of the claim is the one that the request stands for. */
    boolean isFor(PairingDesk.Claim claim) {
        return publicKey.equals(claim.device().publicKey());
    }

    boolean isWidenedBy(PairingDesk.Claim claim) {
        return !scopes().covers(ScopeText.storable(role, claim.scopes()));
    }

    Scopes widenedBy(PairingDesk.Claim claim) {
        return isWidenedBy(claim)
                ? ScopeText.kept(role, scopes().plus(ScopeText.storable(role, claim.scopes())))
                : scopes();
    }

    /** Whether the request waits, given the time of the last attempt that still counts. */
    boolean isPending(long oldest) {
        return state == PairingRequest.State.PENDING && refreshedAt >= oldest;
    }

    boolean isOverdue(long oldest) {
        return state == PairingRequest.State.PENDING && refreshedAt < oldest;
    }

    boolean isRefreshedSince(long time) {
        return refreshedAt >= time;
    }

    String requestId() {
        return requestId;
    }

    String deviceId() {
        return deviceId;
    }

    String publicKey() {
        return publicKey;
    }

    /** Where it came from; empty for this machine. */
    Optional<String> address() {
        return isLocal ? Optional.empty() : Optional.of(peer);
    }

    Role role() {
        return role;
    }

    Scopes scopes() {
        return ScopeText.split(scopes);
    }

    ClientColumns client() {
        return client;
    }

    /** The request as a value; one that is overdue has expired, whether or not that has been written down. */
    PairingRequest toPairingRequest(long oldest) {
        return new PairingRequest(
                requestId,
                deviceId,
                publicKey,
                role,
                scopes(),
                need,
                client.facts(),
                peer,
                isLocal,
                isOverdue(oldest) ? PairingRequest.State.EXPIRED : state,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(refreshedAt),
                Optional.ofNullable(resolvedAt).map(Instant::ofEpochMilli));
    }
}
