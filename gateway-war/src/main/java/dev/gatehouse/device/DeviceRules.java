package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * Who may do what with devices and nodes: the one rule table of wire reference 7.4, 7.9, 8.2 and 8.3, for every entry
 * point.
 *
 * <p>The owner may do everything. A session needs {@code operator.pairing} for anything here but to read which nodes
 * there are, and with {@code operator.admin} may do everything. One that is bound to its device reaches that device's operator role only. Nobody
 * passes on a scope that he lacks. Each method returns when the caller may, and throws {@link Denied} when not.
 */
record DeviceRules(Authority authority) {

    private static final String PAIRING = "operator.pairing";
    private static final String READ = "operator.read";
    private static final String NO_DEVICE = "";

    /** What can be denied, with the text that clients know. */
    private enum Deed {
        APPROVE("device pairing approval denied"),
        REJECT("device pairing rejection denied"),
        REMOVE("device pairing removal denied"),
        RENAME("device pairing rename denied"),
        INVITE("device pairing invitation denied"),
        ROTATE("device token rotation denied"),
        REVOKE("device token revocation denied"),
        APPROVE_NODE("node pairing approval denied"),
        REJECT_NODE("node pairing rejection denied"),
        REMOVE_NODE("node pairing removal denied"),
        RENAME_NODE("node rename denied");

        private final String denial;

        Deed(String denial) {
            this.denial = denial;
        }
    }

    /** Whether the caller may read; {@link #onlyDevice} tells what. */
    void checkReading() {
        checkCall();
    }

    /** The only device that the caller gets to see, or empty when it sees all. */
    Optional<String> onlyDevice() {
        if (isBound() && authority instanceof Authority.Session session) {
            return Optional.of(session.deviceId().orElse(NO_DEVICE));
        }
        return Optional.empty();
    }

    boolean hides(String deviceId) {
        return isBound() && !isOwn(deviceId);
    }

    void checkApproval(String deviceId, Role role) {
        checkReach(Deed.APPROVE, deviceId);
        checkRole(Deed.APPROVE, role);
    }

    /** Whether a grant may become this by the caller's approval; what it holds already counts as well. */
    void checkGranted(Role role, Scopes resulting) {
        if (!(authority instanceof Authority.Session session)) {
            return;
        }
        for (String scope : resulting.asList()) {
            if (!scope.startsWith(role.wireName() + ".")) {
                throw Denied.of("invalid scope for requested roles: " + scope);
            }
            if (role == Role.OPERATOR && !session.scopes().covers(scope)) {
                throw Denied.grantNeeds(scope);
            }
        }
    }

    /** Whether the caller may take over devices of another gateway: the owner alone. */
    void checkImport() {
        if (!(authority instanceof Authority.Owner)) {
            throw Denied.of("device import denied");
        }
    }

    void checkRejection(String deviceId, Role role) {
        checkReach(Deed.REJECT, deviceId);
        if (isBound()) {
            checkRole(Deed.REJECT, role);
        }
    }

    void checkRemoval(String deviceId) {
        checkReach(Deed.REMOVE, deviceId);
    }

    void checkRename(String deviceId) {
        checkReach(Deed.RENAME, deviceId);
    }

    /** Whether the caller may let a device in for everything that a profile gives. */
    void checkInvitation(InvitationProfile profile) {
        checkCall();
        if (!mayInvite(profile)) {
            throw Denied.of(Deed.INVITE.denial);
        }
    }

    boolean mayInvite(InvitationProfile profile) {
        return !(authority instanceof Authority.Session session)
                || isAdmin()
                || (!isBound()
                        && session.scopes().covers(PAIRING)
                        && profile.roles().equals(List.of(Role.OPERATOR))
                        && profile.scopes(Role.OPERATOR)
                                .filter(session.scopes()::covers)
                                .isPresent());
    }

    /** Whether the caller may see and withdraw the invitations of everybody. */
    void checkInvitations() {
        checkCall();
        if (!isAdmin()) {
            throw Denied.of(Deed.INVITE.denial);
        }
    }

    void checkRotation(String deviceId, Role role) {
        checkReach(Deed.ROTATE, deviceId);
        checkRole(Deed.ROTATE, role);
    }

    /** Whether the caller may have a token made that carries these scopes. */
    void checkRotated(Scopes carried) {
        checkCovered(Deed.ROTATE, carried);
    }

    void checkRevocation(String deviceId, Role role) {
        checkReach(Deed.REVOKE, deviceId);
        checkRole(Deed.REVOKE, role);
    }

    /** Whether the caller may end a token that carries these scopes. */
    void checkRevoked(Scopes carried) {
        checkCovered(Deed.REVOKE, carried);
    }

    /** Whether the caller may bring a revoked role back: never a session of that device, revoked as it may be itself. */
    void checkRestoring(String deviceId) {
        if (isOwn(deviceId)) {
            throw Denied.of(Deed.ROTATE.denial);
        }
    }

    /** Whether the caller may read which nodes there are; of those that wait only {@link #seesRequestOf} is told. */
    void checkReadingNodes() {
        if (authority instanceof Authority.Session session && !session.scopes().covers(READ)) {
            throw Denied.callNeeds(READ);
        }
    }

    /** Whether the caller may know what a node asks for. */
    boolean seesRequestOf(String deviceId) {
        return !(authority instanceof Authority.Session session)
                || (session.scopes().covers(PAIRING) && !hides(deviceId));
    }

    void checkNodeApproval(String deviceId, Scopes required) {
        checkReach(Deed.APPROVE_NODE, deviceId);
        if (authority instanceof Authority.Session session) {
            required.asList().stream()
                    .filter(scope -> !session.scopes().covers(scope))
                    .findFirst()
                    .ifPresent(missing -> {
                        throw Denied.approvalNeeds(missing, required);
                    });
        }
    }

    void checkNodeRejection(String deviceId) {
        checkReach(Deed.REJECT_NODE, deviceId);
    }

    /** A device token never takes a role away that is not operator, not even from its own device. */
    void checkNodeRemoval(String deviceId) {
        checkReach(Deed.REMOVE_NODE, deviceId);
        if (isBound()) {
            checkRole(Deed.REMOVE_NODE, Role.NODE);
        }
    }

    void checkNodeRename(String deviceId) {
        checkReach(Deed.RENAME_NODE, deviceId);
    }

    /** What to throw when there is no such request: a bound caller must not learn which there are. */
    RuntimeException nodeApprovalFailed(RuntimeException why) {
        return isBound() ? Denied.of(Deed.APPROVE_NODE.denial) : why;
    }

    /** What to throw when there is no such request: a bound caller must not learn which there are. */
    RuntimeException nodeRejectionFailed(RuntimeException why) {
        return isBound() ? Denied.of(Deed.REJECT_NODE.denial) : why;
    }

    /** Whether the caller is a device that proved itself by its token, so that a token of its own is no secret to it. */
    boolean isOwnByToken(String deviceId) {
        return authority instanceof Authority.Session session && session.boundToDevice() && isOwn(deviceId);
    }

    /** What to throw when a token cannot be rotated: only the owner is told why. */
    RuntimeException rotationFailed(RuntimeException why) {
        return authority instanceof Authority.Owner ? why : Denied.of(Deed.ROTATE.denial);
    }

    /** What to throw when a token cannot be revoked: only the owner is told why. */
    RuntimeException revocationFailed(RuntimeException why) {
        return authority instanceof Authority.Owner ? why : Denied.of(Deed.REVOKE.denial);
    }

    /**
     * Checks that a thing is what the caller believes it to be, in the transaction that changes it.
     *
     * @param current reads the thing so that nobody else can change it before the transaction ends
     * @throws ChangedMeanwhile when it is not
     */
    void checkExpected(Supplier<? extends Record> current) {
        if (authority.expectation().isPresent()
                && !authority.expectation().get().isMet(current.get())) {
            throw new ChangedMeanwhile();
        }
    }

    private void checkReach(Deed deed, String deviceId) {
        checkCall();
        if (hides(deviceId)) {
            throw Denied.of(deed.denial);
        }
    }

    private void checkCall() {
        if (authority instanceof Authority.Session session && !session.scopes().covers(PAIRING)) {
            throw Denied.callNeeds(PAIRING);
        }
    }

    private void checkRole(Deed deed, Role role) {
        if (role != Role.OPERATOR && !isAdmin()) {
            throw Denied.of(deed.denial);
        }
    }

    private void checkCovered(Deed deed, Scopes carried) {
        if (!isAdmin()
                && authority instanceof Authority.Session session
                && !session.scopes().covers(carried)) {
            throw Denied.of(deed.denial);
        }
    }

    private boolean isAdmin() {
        return !(authority instanceof Authority.Session session)
                || session.scopes().covers(Scopes.ADMIN);
    }

    private boolean isBound() {
        return !isAdmin() && authority instanceof Authority.Session session && session.boundToDevice();
    }

    private boolean isOwn(String deviceId) {
        return authority instanceof Authority.Session session
                && session.deviceId().filter(deviceId::equals).isPresent();
    }
}
