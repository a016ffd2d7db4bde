package dev.gatehouse.device;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

/** A device that was approved; it has at least one grant. */
@Entity
@Table(name = "device")
class DeviceEntity {

    @Id
    @Column(name = "device_id")
    private String deviceId;

    @Column(name = "public_key")
    private String publicKey;

    @Column(name = "label")
    private @Nullable String label;

    /** What people call it, in lower case, for lists. */
    @Column(name = "sort_name")
    private String sortName;

    @Embedded
    private ClientColumns client;

    @Column(name = "approved_at")
    private long approvedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "approved_via")
    private ApprovedVia approvedVia;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "last_seen_at")
    private @Nullable Long lastSeenAt;

    /** Null when the device was on the gateway's own machine. */
    @Column(name = "last_seen_from")
    private @Nullable String lastSeenFrom;

    @Column(name = "last_seen_version")
    private @Nullable String lastSeenVersion;

    @Column(name = "last_seen_reason")
    private @Nullable String lastSeenReason;

    /** Null while no end is announced. */
    @Column(name = "expires_at")
    private @Nullable Long expiresAt;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    DeviceEntity() {}

    DeviceEntity(PairingRequestEntity request, ApprovedVia approvedVia, long now) {
        this.deviceId = request.deviceId();
        this.approvedVia = approvedVia;
        this.publicKey = request.publicKey();
        this.client = request.client();
        this.sortName = sortName(Optional.empty(), client().displayName());
        this.approvedAt = now;
        this.createdAt = now;
    }

    DeviceEntity(ImportedDevice device) {
        this.deviceId = device.deviceId();
        this.publicKey = device.publicKey();
        this.label = device.label().orElse(null);
        this.client = new ClientColumns(device.client());
        this.sortName = sortName(device.label(), client().displayName());
        this.approvedAt = device.approvedAt().toEpochMilli();
        this.createdAt = approvedAt;
        this.approvedVia = device.approvedVia();
        this.lastSeenAt = device.lastSeenAt().map(Instant::toEpochMilli).orElse(null);
    }

    /** Takes over what the client of an approved request says, so that it is pinned from now on. */
    void pin(PairingRequestEntity request, ApprovedVia via, long now) {
        publicKey = request.publicKey();
        client = request.client();
        sortName = sortName(label(), client().displayName());
        approvedAt = now;
        expiresAt = null;
        lastSeenFrom = request.address().orElse(null);
        // What an operator approved once stays approved by an operator.
        if (approvedVia == ApprovedVia.SILENT || via == ApprovedVia.OWNER) {
            approvedVia = via;
        }
    }

    void relabel(String newLabel) {
        label = newLabel;
        sortName = sortName(label(), client().displayName());
    }

    /** What a device of these names is sorted by; at most 512 characters, since lower case at most doubles a name. */
    static String sortName(Optional<String> label, Optional<String> displayName) {
        return label.or(() -> displayName).orElse("").toLowerCase(Locale.ROOT);
    }

    /** Says that the device is removed then, unless it is used before. */
    void announceEnd(long end) {
        expiresAt = end;
    }

    /** Whether an end was announced that has come. */
    boolean isOver(long now) {
        return expiresAt != null && expiresAt <= now;
    }

    /** When the device last had a session, or was approved. */
    long lastUsedAt() {
        return lastSeenAt == null ? approvedAt : Math.max(lastSeenAt, approvedAt);
    }

    Optional<String> label() {
        return Optional.ofNullable(label);
    }

    String deviceId() {
        return deviceId;
    }

    String publicKey() {
        return publicKey;
    }

    ClientFacts client() {
        return client.facts();
    }

    Device toDevice(List<DeviceGrant> grants) {
        return new Device(
                deviceId,
                publicKey,
                label(),
                client(),
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(approvedAt),
                approvedVia,
                Optional.ofNullable(lastSeenAt).map(Instant::ofEpochMilli),
                Optional.ofNullable(lastSeenFrom),
                Optional.ofNullable(lastSeenVersion),
                Optional.ofNullable(lastSeenReason),
                Optional.ofNullable(expiresAt).map(Instant::ofEpochMilli),
                grants);
    }
}
