package dev.gatehouse.device;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** What was approved that a node may be used for; ends with the grant that it hangs off. */
@Entity
@Table(name = "node_surface")
class NodeSurfaceEntity {

    @Id
    @Column(name = "grant_id")
    private String grantId;

    @Column(name = "device_id")
    private String deviceId;

    @Embedded
    private DeclarationColumns declaration;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "approved_at")
    private long approvedAt;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    NodeSurfaceEntity() {}

    NodeSurfaceEntity(GrantEntity grant, DeclarationColumns approved, long now) {
        this.grantId = grant.grantId();
        this.deviceId = grant.deviceId();
        this.declaration = approved;
        this.createdAt = now;
        this.approvedAt = now;
    }

    /** Adds what was approved now. */
    void widen(DeclarationColumns approved, long now) {
        declaration = approved.with(approved.surface().plus(surface()));
        approvedAt = now;
    }

    NodeSurface surface() {
        return declaration.surface();
    }

    ApprovedSurface toApprovedSurface() {
        return new ApprovedSurface(
                deviceId,
                surface(),
                declaration.facts(),
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(approvedAt));
    }
}
