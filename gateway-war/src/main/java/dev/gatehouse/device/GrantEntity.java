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

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.jspecify.annotations.Nullable;

/** What was approved for one role of a device, and the token that proves it. */
@Entity
@Table(name = "device_grant")
class GrantEntity {

    @Id
    @Column(name = "grant_id")
    private String grantId;

    @Column(name = "device_id")
    private String deviceId;

    @Enumerated(EnumType.STRING)
    @Column(name = "role")
    private Role role;

    @Column(name = "scopes")
    private String scopes;

    @Column(name = "withheld")
    private String withheld;

    @Column(name = "token_hash")
    private @Nullable String tokenHash;

    @Column(name = "token_issued_at")
    private @Nullable Long tokenIssuedAt;

    /** Null while the token lives on for ever. */
    @Column(name = "token_expires_at")
    private @Nullable Long tokenExpiresAt;

    @Column(name = "token_last_used_at")
    private @Nullable Long tokenLastUsedAt;

    /** Null while the token carries everything that was granted. */
    @Column(name = "token_scopes")
    private @Nullable String tokenScopes;

    @Column(name = "token_rotated_at")
    private @Nullable Long tokenRotatedAt;

    @Column(name = "token_revoked_at")
    private @Nullable Long tokenRevokedAt;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    GrantEntity() {}

    GrantEntity(String deviceId, Role role) {
        this.grantId = id(deviceId, role);
        this.deviceId = deviceId;
        this.role = role;
        this.scopes = "";
        this.withheld = "";
    }

    GrantEntity(String deviceId, ImportedGrant grant) {
        this(deviceId, grant.role());
        scopes = ScopeText.join(ScopeText.kept(role, grant.scopes()));
        carry(grant.tokenScopes().cutTo(scopes()));
        tokenHash = grant.tokenHash().orElse(null);
        tokenIssuedAt = grant.tokenIssuedAt().map(Instant::toEpochMilli).orElse(null);
        tokenLastUsedAt = grant.tokenLastUsedAt().map(Instant::toEpochMilli).orElse(null);
    }

    static String id(String deviceId, Role role) {
        return deviceId + "/" + role.wireName();
    }

    /**
     * Adds what an operator approved; what was asked for beyond it is withheld. A revoked grant starts from nothing.
     */
    void widen(Scopes approved, Scopes requested) {
        if (tokenRevokedAt != null) {
            clear();
        }
        Scopes granted = ScopeText.kept(role, scopes().plus(approved));
        Scopes left = withheld().plus(requested);
        scopes = ScopeText.join(granted);
        withheld = ScopeText.join(Scopes.of(
                left.asList().stream().filter(scope -> !granted.covers(scope)).toList()));
        if (tokenScopes != null) {
            tokenScopes = ScopeText.join(ScopeText.kept(role, carried().plus(approved)));
        }
    }

    private void clear() {
        scopes = "";
        withheld = "";
        tokenScopes = null;
        tokenRevokedAt = null;
        forgetToken();
    }

    /** Whether a token of this grant may carry these scopes. */
    boolean mayCarry(Scopes carried) {
        return scopes().covers(carried)
                && carried.asList().stream().allMatch(ScopeText::isName)
                && ScopeText.fits(carried);
    }

    /** Cuts the tokens of this grant to these scopes, which the grant covers. */
    void carry(Scopes carried) {
        Scopes kept = ScopeText.kept(role, carried);
        tokenScopes = kept.equals(scopes()) ? null : ScopeText.join(kept);
    }

    /** What the tokens of this grant carry. */
    Scopes carried() {
        return tokenScopes == null ? scopes() : ScopeText.split(tokenScopes).cutTo(scopes());
    }

    /** Has no token from now on, until one is issued; a revoked grant counts again. */
    void rotate(long now) {
        forgetToken();
        tokenRevokedAt = null;
        tokenRotatedAt = now;
    }

    /** Has no token from now on, and none is issued. */
    void revoke(long now) {
        tokenHash = null;
        tokenRevokedAt = now;
    }

    private void forgetToken() {
        tokenHash = null;
        tokenIssuedAt = null;
        tokenExpiresAt = null;
        tokenLastUsedAt = null;
    }

    void issueToken(SecretHash hash, TokenLife life, long now) {
        tokenHash = hash.text();
        tokenIssuedAt = now;
        tokenExpiresAt = life.endOfOneIssuedAt(now).orElse(null);
        tokenLastUsedAt = null;
    }

    void useToken(long now) {
        tokenLastUsedAt = now;
    }

    String grantId() {
        return grantId;
    }

    String deviceId() {
        return deviceId;
    }

    Role role() {
        return role;
    }

    Optional<SecretHash> tokenHash() {
        return Optional.ofNullable(tokenHash).map(SecretHash::new);
    }

    /** When the token ends, by the limit that was in force when it was issued or applied. */
    Optional<Long> tokenEnd() {
        return Optional.ofNullable(tokenExpiresAt);
    }

    boolean isRevoked() {
        return tokenRevokedAt != null;
    }

    Optional<Instant> revokedAt() {
        return Optional.ofNullable(tokenRevokedAt).map(Instant::ofEpochMilli);
    }

    /** Whether a hello must deliver a token: there is none that ever came back. */
    boolean needsToken() {
        return !isRevoked() && !isTokenUsed();
    }

    boolean isTokenUsed() {
        return tokenLastUsedAt != null;
    }

    DeviceDirectory.Grant toGrant() {
        return new DeviceDirectory.Grant(scopes(), withheld());
    }

    DeviceGrant toDeviceGrant() {
        return new DeviceGrant(
                role,
                scopes(),
                withheld(),
                carried(),
                Optional.ofNullable(tokenIssuedAt).map(Instant::ofEpochMilli),
                tokenEnd().map(Instant::ofEpochMilli),
                Optional.ofNullable(tokenLastUsedAt).map(Instant::ofEpochMilli),
                Optional.ofNullable(tokenRotatedAt).map(Instant::ofEpochMilli),
                revokedAt());
    }

    private Scopes scopes() {
        return ScopeText.split(scopes);
    }

    private Scopes withheld() {
        return ScopeText.split(withheld);
    }
}
