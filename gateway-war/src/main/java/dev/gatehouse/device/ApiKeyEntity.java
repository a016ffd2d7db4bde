package dev.gatehouse.device;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

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

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    ApiKeyEntity() {}

    ApiKeyEntity(String keyId, String label, SecretHash hash, long now) {
        this.keyId = keyId;
        this.label = label;
        this.keyHash = hash.text();
        this.createdAt = now;
    }

    SecretHash hash() {
        return new SecretHash(keyHash);
    }

    ApiKey toApiKey() {
        return new ApiKey(keyId, label, Instant.ofEpochMilli(createdAt));
    }
}
