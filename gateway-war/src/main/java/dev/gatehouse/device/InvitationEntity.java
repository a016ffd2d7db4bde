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

import dev.gatehouse.spi.Secret;
import org.jspecify.annotations.Nullable;

/** An invitation, by the hashes of its secrets. Its version decides who of two that redeem it comes first. */
@Entity
@Table(name = "invitation")
class InvitationEntity {

    @Id
    @Column(name = "invitation_id")
    private String invitationId;

    @Enumerated(EnumType.STRING)
    @Column(name = "profile")
    private InvitationProfile profile;

    @Column(name = "label")
    private @Nullable String label;

    @Column(name = "created_by")
    private @Nullable String createdBy;

    @Column(name = "gateway_url")
    private String gatewayUrl;

    @Column(name = "dashboard_url")
    private @Nullable String dashboardUrl;

    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "join_code_hash")
    private @Nullable String joinCodeHash;

    @Column(name = "join_token_hash")
    private @Nullable String joinTokenHash;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "expires_at")
    private long expiresAt;

    @Column(name = "revoked_at")
    private @Nullable Long revokedAt;

    @Column(name = "redeemed_at")
    private @Nullable Long redeemedAt;

    @Column(name = "redeemed_by")
    private @Nullable String redeemedBy;

    @Column(name = "device_name")
    private @Nullable String deviceName;

    @Version
    @Column(name = "version")
    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    InvitationEntity() {}

    InvitationEntity(
            String invitationId,
            InvitationOffer offer,
            Optional<Label> label,
            Optional<String> createdBy,
            Secret token,
            Secret joinCode,
            long now,
            long expiresAt) {
        this.invitationId = invitationId;
        this.profile = offer.profile();
        this.label = label.map(Label::text).orElse(null);
        this.createdBy = createdBy.orElse(null);
        this.gatewayUrl = offer.gatewayUrl().text();
        this.dashboardUrl = offer.dashboardUrl().map(GatewayUrl::text).orElse(null);
        this.tokenHash = SecretHash.of(token).text();
        this.joinCodeHash = SecretHash.of(joinCode).text();
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    /** Gives the link's client a token of its own; the link is spent. */
    void join(Secret token) {
        joinCodeHash = null;
        joinTokenHash = SecretHash.of(token).text();
    }

    void redeem(String deviceId, Optional<String> name, long now) {
        redeemedAt = now;
        redeemedBy = deviceId;
        deviceName = name.orElse(null);
        joinCodeHash = null;
    }

    /** Nobody redeems it from now on, nor does the device that did come in by it again. */
    void revoke(long now) {
        revokedAt = now;
        joinCodeHash = null;
    }

    Invitation.State state(long now) {
        if (redeemedAt != null) {
            return Invitation.State.REDEEMED;
        }
        if (revokedAt != null) {
            return Invitation.State.REVOKED;
        }
        return now < expiresAt ? Invitation.State.OPEN : Invitation.State.EXPIRED;
    }

    /** Whether a device redeemed it that may come in by it again, until its time is up. */
    boolean isRedeemedBy(String deviceId, long now) {
        return deviceId.equals(redeemedBy) && revokedAt == null && now < expiresAt;
    }

    Handover handover(Secret token) {
        SetupCode setupCode = new SetupCode(new GatewayUrl(gatewayUrl), token, Instant.ofEpochMilli(expiresAt));
        return new Handover(
                profile, setupCode, Optional.ofNullable(dashboardUrl).map(GatewayUrl::new));
    }

    String invitationId() {
        return invitationId;
    }

    InvitationProfile profile() {
        return profile;
    }

    Optional<String> label() {
        return Optional.ofNullable(label);
    }

    Optional<String> createdBy() {
        return Optional.ofNullable(createdBy);
    }

    Invitation toInvitation(long now) {
        return new Invitation(
                invitationId,
                profile,
                label(),
                createdBy(),
                new GatewayUrl(gatewayUrl),
                state(now),
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(expiresAt),
                completion());
    }

    private Optional<Invitation.Completion> completion() {
        String deviceId = redeemedBy;
        Long at = redeemedAt;
        return deviceId == null || at == null
                ? Optional.empty()
                : Optional.of(
                        new Invitation.Completion(deviceId, Optional.ofNullable(deviceName), Instant.ofEpochMilli(at)));
    }
}
