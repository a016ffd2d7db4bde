package dev.gatehouse.device;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A node that waits until somebody says what it may be used for; there is none once that was said. */
@Entity
@Table(name = "node_surface_request")
class SurfaceRequestEntity {

    @Id
    @Column(name = "request_id")
    private String requestId;

    /** Unique: a node has one request at a time. */
    @Column(name = "grant_id")
    private String grantId;

    @Column(name = "device_id")
    private String deviceId;

    @Embedded
    private DeclarationColumns declaration;

    @Column(name = "created_at")
    private long createdAt;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    SurfaceRequestEntity() {}

    SurfaceRequestEntity(String requestId, GrantEntity grant, NodeClaim claim, long now) {
        this.requestId = requestId;
        this.grantId = grant.grantId();
        this.deviceId = grant.deviceId();
        this.declaration = new DeclarationColumns(claim, claim.surface());
        this.createdAt = now;
    }

    /** Takes over what the node says now, and adds what it declares now. */
    void refresh(NodeClaim claim) {
        declaration = refreshedBy(claim);
    }

    /** Whether a claim says the same as the request, so that nothing is to be written. */
    boolean says(NodeClaim claim) {
        return !isWidenedBy(claim)
                && declaration.facts().equals(refreshedBy(claim).facts());
    }

    /** Whether a claim adds something; beyond the bounds of a surface there is nothing to add. */
    boolean isWidenedBy(NodeClaim claim) {
        return !surface().covers(widenedBy(claim));
    }

    String requestId() {
        return requestId;
    }

    String deviceId() {
        return deviceId;
    }

    String grantId() {
        return grantId;
    }

    NodeSurface surface() {
        return declaration.surface();
    }

    DeclarationColumns declaration() {
        return declaration;
    }

    SurfaceRequest toSurfaceRequest() {
        return new SurfaceRequest(requestId, deviceId, surface(), declaration.facts(), Instant.ofEpochMilli(createdAt));
    }

    private DeclarationColumns refreshedBy(NodeClaim claim) {
        return new DeclarationColumns(claim, widenedBy(claim));
    }

    private NodeSurface widenedBy(NodeClaim claim) {
        return surface().plus(claim.surface());
    }
}
