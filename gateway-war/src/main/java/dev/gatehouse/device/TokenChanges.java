package dev.gatehouse.device;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;

import dev.gatehouse.device.RetiredTokenEntity.Fate;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

/**
 * Rotates and revokes device tokens, within transactions of the registry. Stateless; safe for concurrent use.
 *
 * <p>A rotated token stays valid until its successor is first used, or the overlap ends. The successor is made when it
 * is delivered, because nobody but its device may see it: in the next hello, or at once to a device that rotates its own.
 * A revoked role is as good as not approved, until somebody approves it again or rotates its token.
 */
final class TokenChanges {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Supplier<DeviceSettings> settings;
    private final Clock clock;
    private final RandomText random;
    private final TokenLife life;

    TokenChanges(Supplier<DeviceSettings> settings, Clock clock, RandomText random) {
        this.life = new TokenLife(settings);
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Rotates the token of a grant, which from then on carries all that it carried. */
    Change<RotatedToken> rotate(EntityManager entityManager, DeviceRules rules, String deviceId, Role role) {
        rules.checkRotation(deviceId, role);
        GrantEntity grant = grantToRotate(entityManager, rules, deviceId, role);
        return rotated(entityManager, rules, grant);
    }

    /** Rotates the token of a grant, which from then on carries these scopes. */
    Change<RotatedToken> rotate(
            EntityManager entityManager, DeviceRules rules, String deviceId, Role role, Scopes scopes) {
        rules.checkRotation(deviceId, role);
        GrantEntity grant = grantToRotate(entityManager, rules, deviceId, role);
        if (!grant.mayCarry(scopes)) {
            throw rules.rotationFailed(
                    new InvalidRotation(scopes, grant.toGrant().scopes()));
        }
        grant.carry(scopes);
        return rotated(entityManager, rules, grant);
    }

    /**
     * Gives a device a new token at once. Nobody asked for that, and the device may never receive it; so the old one is
     * good until the new one is used, or its own life ends.
     *
     * @return the token, or empty when the grant is gone or revoked
     */
    Change<Optional<RotatedToken>> renew(EntityManager entityManager, String deviceId, Role role) {
        Optional<GrantEntity> found = PairedDevices.grantEntity(entityManager, deviceId, role)
                .filter(grant -> grant.revokedAt().isEmpty());
        if (found.isEmpty()) {
            return Change.of(Optional.empty());
        }
        return renewed(entityManager, found.get());
    }

    /** Gives a device a new token in place of one that ends soon, or has ended. */
    Change<Optional<RotatedToken>> renewInTime(EntityManager entityManager, String deviceId, Role role) {
        return PairedDevices.grantEntity(entityManager, deviceId, role)
                .filter(grant -> grant.revokedAt().isEmpty())
                .filter(grant -> life.isToBeRenewed(grant, clock.millis()))
                .map(grant -> renewed(entityManager, grant))
                .orElseGet(() -> Change.of(Optional.empty()));
    }

    private Change<Optional<RotatedToken>> renewed(EntityManager entityManager, GrantEntity grant) {
        long now = clock.millis();
        long validUntil = grant.tokenEnd().orElse(FOR_EVER);
        grant.tokenHash()
                .ifPresent(hash -> new RetiredTokens(entityManager).add(grant, hash, Fate.ROTATED, validUntil, now));
        return Change.of(
                Optional.of(outcome(grant, now, validUntil, Optional.of(issued(grant, now)))),
                new DeviceEvent.TokenRenewed(grant.deviceId(), grant.role()));
    }

    /** Revokes the tokens of a grant; once more changes nothing. */
    Change<Instant> revoke(EntityManager entityManager, DeviceRules rules, String deviceId, Role role) {
        rules.checkRevocation(deviceId, role);
        GrantEntity grant = PairedDevices.grantEntity(entityManager, deviceId, role)
                .orElseThrow(() -> rules.revocationFailed(unknown(entityManager, deviceId, role)));
        rules.checkRevoked(grant.carried());
        rules.checkExpected(grant::toDeviceGrant);
        Optional<Instant> before = grant.revokedAt();
        if (before.isPresent()) {
            return Change.of(before.get());
        }
        long now = clock.millis();
        RetiredTokens retired = new RetiredTokens(entityManager);
        retired.revoke(grant, now);
        grant.tokenHash().ifPresent(hash -> retired.add(grant, hash, Fate.REVOKED, now, now));
        grant.revoke(now);
        List<DeviceEvent> events = new ArrayList<>(List.of(new DeviceEvent.TokenRevoked(deviceId, role)));
        if (role == Role.NODE) { // who brings the role back must also say again what it may be used for
            events.addAll(new JpaNodes(entityManager).forget(deviceId));
        }
        return new Change<>(Instant.ofEpochMilli(now), events);
    }

    private Change<RotatedToken> rotated(EntityManager entityManager, DeviceRules rules, GrantEntity grant) {
        rules.checkRotated(grant.carried());
        long now = clock.millis();
        long validUntil = retire(entityManager, grant, now);
        grant.rotate(now);
        Optional<IssuedToken> token =
                rules.isOwnByToken(grant.deviceId()) ? Optional.of(issued(grant, now)) : Optional.empty();
        return Change.of(
                outcome(grant, now, validUntil, token), new DeviceEvent.TokenRotated(grant.deviceId(), grant.role()));
    }

    /** Puts the token of a grant among those that were replaced, and tells how long it may be valid there. */
    private long retire(EntityManager entityManager, GrantEntity grant, long now) {
        long validUntil = now + settings.get().rotationOverlap().toMillis();
        RetiredTokens retired = new RetiredTokens(entityManager);
        retired.endBy(grant, validUntil);
        grant.tokenHash().ifPresent(hash -> retired.add(grant, hash, Fate.ROTATED, validUntil, now));
        return validUntil;
    }

    private static RotatedToken outcome(GrantEntity grant, long now, long validUntil, Optional<IssuedToken> token) {
        return new RotatedToken(
                grant.deviceId(),
                grant.role(),
                grant.carried(),
                Instant.ofEpochMilli(now),
                Instant.ofEpochMilli(validUntil),
                token);
    }

    private IssuedToken issued(GrantEntity grant, long now) {
        Secret token = Secret.of(random.secret());
        grant.issueToken(SecretHash.of(token), life, now);
        return new IssuedToken(token, Instant.ofEpochMilli(now));
    }

    private static GrantEntity grantToRotate(
            EntityManager entityManager, DeviceRules rules, String deviceId, Role role) {
        GrantEntity grant = PairedDevices.grantEntity(entityManager, deviceId, role)
                .orElseThrow(() -> rules.rotationFailed(unknown(entityManager, deviceId, role)));
        if (grant.revokedAt().isPresent()) {
            rules.checkRestoring(deviceId);
        }
        rules.checkExpected(grant::toDeviceGrant);
        return grant;
    }

    private static RuntimeException unknown(EntityManager entityManager, String deviceId, Role role) {
        return entityManager.find(DeviceEntity.class, deviceId) == null
                ? new UnknownDevice(deviceId)
                : new UnknownGrant(deviceId, role);
    }
}
