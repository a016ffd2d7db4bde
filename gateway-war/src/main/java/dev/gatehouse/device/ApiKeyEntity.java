package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

/** An API key, by its hash. */
@Entity
@Table(name = "api_key")
class ApiKeyEntity {

    @Id
    @Column(name = "key_id")
    private String keyId;

    @Column(name = "label")
    private String label;

    @Column(name = "key_hash")
    private String keyHash;

    @Column(name = "created_at")
    private long createdAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "key_scope")
    private KeyScope scope;

    /** Null when the key never ends by itself. */
    @Column(name = "expires_at")
    private @Nullable Long expiresAt;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    ApiKeyEntity() {}

    ApiKeyEntity(String keyId, Label label, SecretHash hash, KeyScope scope, long now, Optional<Instant> expiresAt) {
        this.keyId = keyId;
        this.label = label.text();
        this.scope = scope;
        this.expiresAt = expiresAt.map(Instant::toEpochMilli).orElse(null);
        this.keyHash = hash.text();
        this.createdAt = now;
    }

    SecretHash hash() {
        return new SecretHash(keyHash);
    }

    boolean isOver(long now) {
        return expiresAt != null && expiresAt <= now;
    }

    ApiKey toApiKey() {
        return new ApiKey(
                keyId,
                label,
                scope,
                Instant.ofEpochMilli(createdAt),
                Optional.ofNullable(expiresAt).map(Instant::ofEpochMilli));
    }
}
