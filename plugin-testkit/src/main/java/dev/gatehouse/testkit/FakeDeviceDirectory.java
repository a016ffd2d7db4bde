package dev.gatehouse.testkit;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * A directory in memory that follows the gateway's rules for device tokens. Safe for concurrent use.
 *
 * @since 0.1
 */
public final class FakeDeviceDirectory implements DeviceDirectory {

    private final Set<TokenKey> revoked = ConcurrentHashMap.newKeySet();

    private record TokenKey(String deviceId, Role role) {}

    private final Map<String, PairedDevice> devices = new ConcurrentHashMap<>();
    private final Map<TokenKey, Secret> tokens = new ConcurrentHashMap<>();
    private final Map<Role, Invitation> invitations = new ConcurrentHashMap<>();
    private volatile boolean down;

    private record Invitation(Secret token, Scopes scopes) {}

    /**
     * Records an approved device, in place of the one of its id.
     *
     * @param device the device
     */
    public void pair(PairedDevice device) {
        devices.put(device.deviceId(), device);
    }

    /**
     * Records the {@linkplain ConnectFixture#DEVICE device of the fixtures} as an approved operator, with no metadata
     * pinned.
     *
     * @param scopes the scopes granted
     */
    public void pairOperator(String... scopes) {
        pair(new PairedDevice(
                ConnectFixture.DEVICE.deviceId(),
                ConnectFixture.DEVICE.publicKey(),
                Optional.empty(),
                Optional.empty(),
                Map.of(Role.OPERATOR, new Grant(Scopes.of(scopes), Scopes.none()))));
    }

    /**
     * Issues a device token, in place of the one of this device and role.
     *
     * @param deviceId whose it is
     * @param role what it is good for
     * @param token the token
     */
    public void issueToken(String deviceId, Role role, String token) {
        tokens.put(new TokenKey(deviceId, role), Secret.of(token));
    }

    /**
     * Invites a device for a role, in place of the one invited for it before. Like the gateway's, the invitation is not
     * redeemed by being examined.
     *
     * @param role what the device may come as
     * @param token the token of the setup code
     * @param scopes what the device may have
     */
    public void invite(Role role, String token, String... scopes) {
        invitations.put(role, new Invitation(Secret.of(token), Scopes.of(scopes)));
    }

    /**
     * Revokes a role of an approved device and its token, as an operator would.
     *
     * @param deviceId whose
     * @param role which role
     */
    public void revoke(String deviceId, Role role) {
        find(deviceId).ifPresent(device -> {
            Map<Role, Grant> left = new EnumMap<>(Role.class);
            left.putAll(device.grants());
            left.remove(role);
            pair(new PairedDevice(
                    deviceId, device.publicKey(), device.platform(), device.deviceFamily(), Map.copyOf(left)));
            tokens.remove(new TokenKey(deviceId, role));
            revoked.add(new TokenKey(deviceId, role));
        });
    }

    /**
     * Forgets a device and its tokens, as when an operator removes it.
     *
     * @param deviceId whose
     */
    public void remove(String deviceId) {
        devices.remove(deviceId);
        tokens.keySet().removeIf(key -> key.deviceId().equals(deviceId));
        revoked.removeIf(key -> key.deviceId().equals(deviceId));
    }

    /**
     * Makes every later question fail as when the database is down, here and at the {@link FakePairingDesk} of this
     * directory.
     */
    public void goDown() {
        down = true;
    }

    /** Answers again. */
    public void comeBack() {
        down = false;
    }

    @Override
    public Optional<PairedDevice> find(String deviceId) {
        requireUp();
        return Optional.ofNullable(devices.get(deviceId));
    }

    @Override
    public boolean isRevoked(String deviceId, Role role) {
        return find(deviceId)
                .filter(device -> !device.grants().containsKey(role))
                .filter(device -> revoked.contains(new TokenKey(deviceId, role)))
                .isPresent();
    }

    @Override
    public TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        Optional<Grant> grant = find(device.deviceId())
                .filter(paired -> paired.publicKey().equals(device.publicKey()))
                .map(paired -> paired.grants().get(role));
        Secret issued = tokens.get(new TokenKey(device.deviceId(), role));
        if (grant.isEmpty() || issued == null || !issued.matches(token)) {
            return invalid(
                    "AUTH_DEVICE_TOKEN_MISMATCH",
                    "unauthorized: device token mismatch (rotate/reissue device token)",
                    "device_token_mismatch",
                    "update_auth_credentials");
        }
        if (!grant.get().settles(requested)) {
            return invalid(
                    "AUTH_SCOPE_MISMATCH",
                    "unauthorized: device token scope mismatch (re-pair or approve scope upgrade)",
                    "scope_mismatch",
                    "review_auth_configuration");
        }
        return new TokenStanding.Valid(grant.get().scopes());
    }

    @Override
    public TokenStanding examineInvitation(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        requireUp();
        return Optional.ofNullable(invitations.get(role))
                .filter(invitation -> invitation.token().matches(token))
                .<TokenStanding>map(invitation -> new TokenStanding.Valid(invitation.scopes()))
                .orElseGet(() -> invalid(
                        "AUTH_BOOTSTRAP_TOKEN_INVALID",
                        "unauthorized: setup code invalid, expired, revoked, or already used (create a new code; review"
                                + " `openclaw devices list`)",
                        "bootstrap_token_invalid",
                        "review_auth_configuration"));
    }

    void requireUp() {
        if (down) {
            throw new TemporarilyUnavailable("the fake directory is down", new IllegalStateException("down"));
        }
    }

    private static TokenStanding invalid(String code, String message, String authReason, String nextStep) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("authReason", authReason);
        details.put("canRetryWithDeviceToken", false);
        details.put("recommendedNextStep", nextStep);
        return new TokenStanding.Invalid(
                new VetoReason(code, message, Effect.IDENTIFY, details, Retry.never(), List.of()));
    }
}
