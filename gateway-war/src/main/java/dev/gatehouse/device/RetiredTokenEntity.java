package dev.gatehouse.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A device token that was replaced or revoked. Whoever changes one writes its grant too, whose version guards both. */
@Entity
@Table(name = "retired_token")
class RetiredTokenEntity {

    /** Why a token is not the one of its grant any more. */
    enum Fate {
        /** A newer one takes its place; it may be valid for a while. */
        ROTATED,
        /** It was withdrawn. */
        REVOKED
    }

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "grant_id")
    private String grantId;

    @Enumerated(EnumType.STRING)
    @Column(name = "fate")
    private Fate fate;

    @Column(name = "valid_until")
    private long validUntil;

    @Column(name = "retired_at")
    private long retiredAt;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    RetiredTokenEntity() {}

    RetiredTokenEntity(GrantEntity grant, SecretHash hash, Fate fate, long validUntil, long now) {
        this.tokenHash = hash.text();
        this.grantId = grant.grantId();
        this.fate = fate;
        this.validUntil = validUntil;
        this.retiredAt = now;
    }

    String grantId() {
        return grantId;
    }

    Fate fate() {
        return fate;
    }

    long validUntil() {
        return validUntil;
    }

    boolean isValidAt(long now) {
        return validUntil > now;
    }
}
