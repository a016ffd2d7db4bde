package dev.gatehouse.device;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import jakarta.persistence.EntityManager;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.VetoReason;

/**
 * Issues and examines device tokens; the only code that sees their hashes. Safe for concurrent use.
 *
 * <p>A token that was never presented may have been lost with its hello, so the next hello replaces it. Therefore the
 * first use is committed before the token counts as valid, with the version of its grant: a hello that replaces the
 * token at the same moment either sees the use, or makes the token invalid. Later uses only move a time and are
 * written in batches.
 *
 * <p>The first use of a token ends the overlap of those that it replaced. A token that was replaced or revoked is told
 * so, under the code that makes stock clients stop.
 */
final class DeviceTokens {

    private static final TokenStanding MISMATCH = invalid(
            "AUTH_DEVICE_TOKEN_MISMATCH",
            "unauthorized: device token mismatch (rotate/reissue device token)",
            "device_token_mismatch",
            "update_auth_credentials");
    private static final TokenStanding ROTATED = retired(
            "token-rotated",
            "unauthorized: device token was replaced by a newer one (use the newer one, or pair this device again)");
    private static final TokenStanding REVOKED = retired(
            "token-revoked", "unauthorized: device token was revoked (ask an operator, then pair this device again)");
    private static final TokenStanding EXPIRED = retired(
            "token-expired",
            "unauthorized: device token has expired (connect once with the gateway token, or pair this device again)");
    private static final TokenStanding SCOPE_MISMATCH = invalid(
            "AUTH_SCOPE_MISMATCH",
            "unauthorized: device token scope mismatch (re-pair or approve scope upgrade)",
            "scope_mismatch",
            "review_auth_configuration");

    private final Database database;
    private final Clock clock;
    private final RandomText random;
    private final Sightings sightings;
    private final TokenLife life;

    DeviceTokens(Database database, Clock clock, RandomText random, Sightings sightings, TokenLife life) {
        this.database = database;
        this.life = life;
        this.clock = clock;
        this.random = random;
        this.sightings = sightings;
    }

    TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        Optional<GrantEntity> current = database.read(entityManager -> grantOfKey(entityManager, device, role))
                .filter(grant -> holds(grant, token)
                        && !life.isOver(grant, clock.millis())
                        && recordUse(grant, device, role, token));
        // A token that was replaced meanwhile is looked at as what it is now.
        return current.map(grant -> standing(grant, requested))
                .orElseGet(() -> inspect(device, role, requested, token));
    }

    TokenStanding inspect(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return database.read(entityManager -> grantOfKey(entityManager, device, role)
                .map(grant -> holds(grant, token)
                        ? standing(grant, requested)
                        : standingOfRetired(entityManager, grant, requested, token))
                .orElse(MISMATCH));
    }

    private TokenStanding standingOfRetired(
            EntityManager entityManager, GrantEntity grant, Scopes requested, Secret token) {
        Optional<RetiredTokenEntity> found = new RetiredTokens(entityManager).find(grant, SecretHash.of(token));
        if (found.isEmpty()) {
            return MISMATCH;
        }
        RetiredTokenEntity retired = found.get();
        if (retired.fate() == RetiredTokenEntity.Fate.REVOKED) {
            return REVOKED;
        }
        return retired.isValidAt(clock.millis()) ? scopeStanding(grant, requested) : ROTATED;
    }

    Optional<IssuedToken> issue(String deviceId, Role role) {
        String grantId = GrantEntity.id(deviceId, role);
        Optional<GrantEntity> seen = database.read(entityManager -> find(entityManager, grantId));
        if (seen.isEmpty() || !seen.get().needsToken()) {
            return Optional.empty();
        }
        Optional<SecretHash> replaced = seen.get().tokenHash();
        Secret token = Secret.of(random.secret());
        long now = clock.millis();
        boolean isIssued = database.inTransaction(entityManager -> find(entityManager, grantId)
                // Another hello that came first delivers its token; replacing that one would make it worthless.
                .filter(grant -> grant.needsToken() && grant.tokenHash().equals(replaced))
                .map(grant -> {
                    keepDelivered(entityManager, grant, now);
                    grant.issueToken(SecretHash.of(token), life, now);
                    return true;
                })
                .orElse(false));
        return isIssued ? Optional.of(new IssuedToken(token, Instant.ofEpochMilli(now))) : Optional.empty();
    }

    /** While an older token is good, so is one that was made for it and delivered to another connection of the device. */
    private static void keepDelivered(EntityManager entityManager, GrantEntity grant, long now) {
        RetiredTokens retired = new RetiredTokens(entityManager);
        grant.tokenHash()
                .ifPresent(hash -> retired.overlapEnd(grant, now)
                        .ifPresent(end -> retired.add(grant, hash, RetiredTokenEntity.Fate.ROTATED, end, now)));
    }

    /** Whether the token that a device would present is to be replaced by its next hello. */
    boolean isToBeRenewed(String deviceId, Role role) {
        return life.limit().isPresent()
                && database.read(entityManager -> find(entityManager, GrantEntity.id(deviceId, role)))
                        .filter(grant -> life.isToBeRenewed(grant, clock.millis()))
                        .isPresent();
    }

    /** Until when a session lives that depends on this token; empty when that has no end, or is known no more. */
    Optional<Instant> endOfSession(DeviceProof.Verified device, Role role, Secret token) {
        if (life.limit().isEmpty()) {
            return Optional.empty();
        }
        return database.read(entityManager -> grantOfKey(entityManager, device, role)
                        .flatMap(grant -> holds(grant, token)
                                ? grant.tokenEnd()
                                : new RetiredTokens(entityManager)
                                        .find(grant, SecretHash.of(token))
                                        .map(RetiredTokenEntity::validUntil)))
                .map(end -> Instant.ofEpochMilli(life.endOfSession(end, clock.millis())));
    }

    private TokenStanding standing(GrantEntity grant, Scopes requested) {
        return life.isOver(grant, clock.millis()) ? EXPIRED : scopeStanding(grant, requested);
    }

    private static TokenStanding scopeStanding(GrantEntity grant, Scopes requested) {
        return grant.toGrant().settles(requested) ? new TokenStanding.Valid(grant.carried()) : SCOPE_MISMATCH;
    }

    private boolean recordUse(GrantEntity grant, DeviceProof.Verified device, Role role, Secret token) {
        if (grant.isTokenUsed()) {
            grant.tokenHash().ifPresent(hash -> sightings.tokenUsed(grant.grantId(), hash));
            return true;
        }
        return database.inTransaction(entityManager -> grantOfKey(entityManager, device, role)
                .filter(current -> holds(current, token))
                .map(current -> {
                    current.useToken(clock.millis());
                    new RetiredTokens(entityManager).endBy(current, clock.millis());
                    return true;
                })
                .orElse(false));
    }

    private static boolean holds(GrantEntity grant, Secret token) {
        return grant.tokenHash().map(hash -> hash.matches(token)).orElse(false);
    }

    private static Optional<GrantEntity> find(EntityManager entityManager, String grantId) {
        return Optional.ofNullable(entityManager.find(GrantEntity.class, grantId));
    }

    private static Optional<GrantEntity> grantOfKey(
            EntityManager entityManager, DeviceProof.Verified device, Role role) {
        return entityManager
                .createQuery(
                        "select g from GrantEntity g, DeviceEntity d"
                                + " where g.grantId = :grant and d.deviceId = g.deviceId and d.publicKey = :key",
                        GrantEntity.class)
                .setParameter("grant", GrantEntity.id(device.deviceId(), role))
                .setParameter("key", device.publicKey())
                .getResultStream()
                .findFirst();
    }

    private static TokenStanding retired(String reason, String message) {
        VetoReason said = invalid(
                        "AUTH_DEVICE_TOKEN_MISMATCH", message, "device_token_mismatch", "update_auth_credentials")
                .reason();
        return new TokenStanding.Invalid(said.withDetail("reason", reason));
    }

    private static TokenStanding.Invalid invalid(String code, String message, String authReason, String nextStep) {
        return new TokenStanding.Invalid(VetoReason.of(code, VetoReason.Effect.IDENTIFY, message)
                .withDetail("authReason", authReason)
                .withDetail("canRetryWithDeviceToken", false)
                .withDetail("recommendedNextStep", nextStep));
    }
}
