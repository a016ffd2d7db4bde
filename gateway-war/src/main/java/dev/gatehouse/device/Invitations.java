package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.VetoReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invites devices: each invitation lets one device in without a prompt, once, for a short time (wire reference 7.8).
 *
 * <p>Examining an invitation changes nothing; it is redeemed by {@link #redeem}, when the whole chain has admitted the
 * connection. It then belongs to that device. Until its time is up the device may present it again, as long as it has
 * never used the device token that it was given: a lost hello costs nobody an invitation.
 *
 * <p>An invitation is worth no more than the authority of who made it: when that device loses its grant, or the part of
 * it that the profile needs, its open invitations are worth nothing.
 *
 * <p>Each method is one transaction; its events are published after the commit, on the calling thread. Every method may
 * block on the database and throws {@link dev.gatehouse.spi.TemporarilyUnavailable} when that cannot answer. Safe for
 * concurrent use.
 */
public final class Invitations {

    private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
    private static final Duration ENDED_ARE_KEPT = Duration.ofDays(1);

    /** One answer for every code that is of no use, so that nobody learns which ones there are (wire 4.6, R42). */
    private static final TokenStanding UNUSABLE = new TokenStanding.Invalid(VetoReason.of(
                    "AUTH_BOOTSTRAP_TOKEN_INVALID",
                    VetoReason.Effect.IDENTIFY,
                    "unauthorized: setup code invalid, expired, revoked, or already used (create a new code; review"
                            + " `openclaw devices list`)")
            .withDetail("authReason", "bootstrap_token_invalid")
            .withDetail("canRetryWithDeviceToken", false)
            .withDetail("recommendedNextStep", "review_auth_configuration"));

    private final Database database;
    private final Supplier<InvitationSettings> settings;
    private final Clock clock;
    private final RandomText random;
    private final Changes changes;
    private final PairingRequests requests;
    private final PairedDevices devices;

    /**
     * The invitations of a database.
     *
     * @param database where devices are kept
     * @param waiting how long pairing requests wait, for those that an invitation answers
     * @param settings how long and in what number invitations are open; asked each time, for they may change
     * @param clock tells the time
     * @param random draws secrets and ids
     * @param listener told of every change after its commit; must not block for long
     */
    public Invitations(
            Database database,
            Supplier<DeviceSettings> waiting,
            Supplier<InvitationSettings> settings,
            Clock clock,
            SecureRandom random,
            RegistryListener listener) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.random = new RandomText(random);
        this.changes = new Changes(database, listener);
        this.requests = new PairingRequests(waiting, clock, this.random);
        this.devices = new PairedDevices(clock);
    }

    /** The settings in force. */
    public InvitationSettings settings() {
        return settings.get();
    }

    /**
     * Invites a device.
     *
     * @param authority who invites
     * @param offer to what
     * @return the invitation with its secrets, which cannot be read again
     * @throws Denied when the caller lacks what the profile gives
     * @throws InvalidInvitation when the offer cannot be made, or too many are open
     * @throws InvalidLabel when the label cannot be used
     */
    public NewInvitation invite(Authority authority, InvitationOffer offer) {
        new DeviceRules(authority).checkInvitation(offer.profile());
        checkUrl(offer);
        Optional<Label> label = offer.label().map(Label::new);
        Duration ttl = ttl(offer);
        NewInvitation made = database.inTransaction(entityManager -> {
            checkRoom(entityManager);
            Secret token = Secret.of(random.secret());
            Secret joinCode = Secret.of(random.joinCode());
            long now = clock.millis();
            InvitationEntity invitation = new InvitationEntity(
                    random.requestId(), offer, label, maker(authority), token, joinCode, now, now + ttl.toMillis());
            entityManager.persist(invitation);
            changes.note(
                    entityManager,
                    authority.actor(),
                    new RegistryEvent.InvitationCreated(invitation.invitationId(), offer.profile()));
            return new NewInvitation(invitation.toInvitation(now), invitation.handover(token), joinCode);
        });
        LOG.info(
                "invitation {} for profile {} is open until {}",
                made.invitation().invitationId(),
                offer.profile().label(),
                made.invitation().expiresAt());
        return made;
    }

    /**
     * Lists invitations, the newest first, a thousand at most; those that ended are forgotten a day after their time.
     *
     * @param authority who asks
     * @return the invitations
     * @throws Denied when the caller may not invite everybody
     */
    public List<Invitation> list(Authority authority) {
        new DeviceRules(authority).checkInvitations();
        return database.read(entityManager -> new JpaInvitations(entityManager)
                .list().stream()
                        .map(invitation -> invitation.toInvitation(clock.millis()))
                        .toList());
    }

    /**
     * Reads one invitation.
     *
     * @param authority who asks
     * @param invitationId its id
     * @return the invitation
     * @throws Denied when the caller may not invite everybody
     * @throws UnknownInvitation when there is none, or it was forgotten
     */
    public Invitation invitation(Authority authority, String invitationId) {
        new DeviceRules(authority).checkInvitations();
        return database.read(entityManager ->
                new JpaInvitations(entityManager).get(invitationId).toInvitation(clock.millis()));
    }

    /**
     * Withdraws an invitation. A device that came in by it stays; one that has ended otherwise is left as it is.
     *
     * @param authority who withdraws it
     * @param invitationId its id
     * @return the invitation as it ended
     * @throws Denied when the caller may not invite everybody
     * @throws UnknownInvitation when there is none, or it was forgotten
     */
    public Invitation revoke(Authority authority, String invitationId) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkInvitations();
        Invitation ended = database.inTransaction(entityManager -> {
            InvitationEntity invitation = new JpaInvitations(entityManager).get(invitationId);
            rules.checkExpected(() -> invitation.toInvitation(clock.millis()));
            if (invitation.state(clock.millis()) != Invitation.State.EXPIRED) {
                invitation.revoke(clock.millis());
                changes.note(entityManager, authority.actor(), new RegistryEvent.InvitationWithdrawn(invitationId));
            }
            return invitation.toInvitation(clock.millis());
        });
        LOG.info("invitation {} was withdrawn", invitationId);
        return ended;
    }

    /**
     * Hands out a setup code to whoever has followed a link, once.
     *
     * @param joinCode the code in the link
     * @return a setup code with a token of its own, or empty when the code is of no use
     */
    public Optional<Handover> join(Secret joinCode) {
        return database.inTransaction(entityManager -> new JpaInvitations(entityManager)
                .byJoinCode(joinCode)
                .filter(invitation -> isOpen(entityManager, invitation))
                .map(invitation -> {
                    Secret token = Secret.of(random.secret());
                    invitation.join(token);
                    LOG.info("the link of invitation {} was followed", invitation.invitationId());
                    return invitation.handover(token);
                }));
    }

    /** Whether a link could be followed now; nothing comes of asking. */
    public boolean canJoin(Secret joinCode) {
        return database.read(entityManager -> new JpaInvitations(entityManager)
                .byJoinCode(joinCode)
                .filter(invitation -> isOpen(entityManager, invitation))
                .isPresent());
    }

    /**
     * Examines the token of a setup code; nothing comes of it.
     *
     * @param device the device whose key the client holds
     * @param role what it connects as
     * @param requested what it asks for
     * @param token the token that it presented
     * @return what the token is worth
     */
    public TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return database.read(entityManager -> usable(entityManager, device, role, requested, token)
                .flatMap(invitation -> invitation.profile().scopes(role))
                .<TokenStanding>map(TokenStanding.Valid::new)
                .orElse(UNUSABLE));
    }

    /**
     * Redeems an invitation: the device is approved for every role of its profile, and nobody else can redeem it.
     *
     * @param claim who asks for what
     * @param token the token that it presented
     * @return every role that the device is approved for now, or empty when the token is of no use, perhaps because
     *     another device came first
     */
    public Optional<List<Role>> redeem(PairingDesk.Claim claim, Secret token) {
        Optional<List<Role>> approved = changes.make(
                Actor.device(claim.device().deviceId()),
                entityManager -> usable(entityManager, claim.device(), claim.role(), claim.scopes(), token)
                        .map(invitation -> redeem(entityManager, invitation, claim))
                        .orElseGet(() -> Change.of(Optional.empty())));
        approved.ifPresent(roles ->
                LOG.info("device {} came in by an invitation", claim.device().deviceId()));
        return approved;
    }

    /** The reason for a client whose code turned out to be of no use. */
    public static VetoReason unusable() {
        return ((TokenStanding.Invalid) UNUSABLE).reason();
    }

    /**
     * Forgets invitations that ended long ago.
     *
     * @return how many
     */
    public int forgetEnded() {
        return database.inTransaction(entityManager ->
                new JpaInvitations(entityManager).removeExpiredBefore(clock.millis() - ENDED_ARE_KEPT.toMillis()));
    }

    private Change<Optional<List<Role>>> redeem(
            EntityManager entityManager, InvitationEntity invitation, PairingDesk.Claim claim) {
        List<Role> roles = invitation.profile().roles();
        if (invitation.state(clock.millis()) == Invitation.State.REDEEMED) {
            return Change.of(Optional.of(roles)); // by this device, whose hello was lost
        }
        Optional<String> name = new ClientColumns(claim.client()).facts().displayName();
        long now = clock.millis();
        invitation.redeem(claim.device().deviceId(), name, now);
        entityManager.flush(); // whoever comes second is to fail before anything is approved
        List<DeviceEvent> events = new ArrayList<>();
        for (Role role : roles) {
            events.add(approve(entityManager, invitation, role, claim));
        }
        events.add(new DeviceEvent.InvitationRedeemed(
                invitation.invitationId(),
                claim.device().deviceId(),
                name,
                invitation.profile(),
                Instant.ofEpochMilli(now)));
        return new Change<>(Optional.of(roles), events);
    }

    /** Approves the device for one role: in the role that it comes in, for what it asks for, cut to the profile. */
    private DeviceEvent approve(
            EntityManager entityManager, InvitationEntity invitation, Role role, PairingDesk.Claim claim) {
        Scopes offered = invitation.profile().scopes(role).orElseThrow();
        Scopes asked = role == claim.role() ? claim.scopes() : offered;
        PairingDesk.Claim own = new PairingDesk.Claim(
                claim.device(), claim.client(), role, asked, claim.need(), claim.peer(), claim.isLocal());
        PairingRequestEntity request = requests.resolvedBy(entityManager, own);
        Approval approval = new Approval(Optional.empty(), invitation.label(), ApprovedVia.BOOTSTRAP);
        devices.grant(entityManager, request, asked.cutTo(offered), approval);
        return new DeviceEvent.PairingApproved(request.requestId(), request.deviceId(), role);
    }

    private Optional<InvitationEntity> usable(
            EntityManager entityManager, DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return new JpaInvitations(entityManager)
                .byToken(token)
                .filter(invitation -> invitation.profile().scopes(role).isPresent()
                        && ScopeText.fits(ScopeText.storable(role, requested)))
                .filter(invitation ->
                        isOpen(entityManager, invitation) || isComingAgain(entityManager, invitation, device, role));
    }

    private boolean isOpen(EntityManager entityManager, InvitationEntity invitation) {
        return invitation.state(clock.millis()) == Invitation.State.OPEN && mayStillInvite(entityManager, invitation);
    }

    private boolean mayStillInvite(EntityManager entityManager, InvitationEntity invitation) {
        return invitation.createdBy().isEmpty()
                || devices.grant(entityManager, invitation.createdBy().get(), Role.OPERATOR)
                        .map(grant -> Authority.ofSession(grant.scopes(), invitation.createdBy(), false))
                        .filter(maker -> new DeviceRules(maker).mayInvite(invitation.profile()))
                        .isPresent();
    }

    private boolean isComingAgain(
            EntityManager entityManager, InvitationEntity invitation, DeviceProof.Verified device, Role role) {
        return invitation.isRedeemedBy(device.deviceId(), clock.millis())
                && devices.find(entityManager, device.deviceId())
                        .filter(known -> known.publicKey().equals(device.publicKey()))
                        .isPresent()
                && PairedDevices.grantEntity(entityManager, device.deviceId(), role)
                        .filter(GrantEntity::needsToken)
                        .isPresent();
    }

    /** The bound may be exceeded by as many invitations as are made at the same instant. */
    private void checkRoom(EntityManager entityManager) {
        int max = settings.get().openMax();
        if (new JpaInvitations(entityManager).countOpen(clock.millis()) >= max) {
            throw InvalidInvitation.tooMany(max);
        }
    }

    private Duration ttl(InvitationOffer offer) {
        Duration ttl = offer.ttl().orElseGet(() -> settings.get().ttl());
        if (ttl.compareTo(InvitationSettings.TTL_MIN) < 0 || ttl.compareTo(InvitationSettings.TTL_MAX) > 0) {
            throw InvalidInvitation.ttl();
        }
        return ttl;
    }

    private static void checkUrl(InvitationOffer offer) {
        if (!offer.gatewayUrl().isUsable()) {
            throw InvalidInvitation.plainText(offer.gatewayUrl());
        }
        if (offer.profile().isPowerful() && !offer.gatewayUrl().isSecure()) {
            throw InvalidInvitation.tooPowerful(offer.profile(), offer.gatewayUrl());
        }
    }

    private static Optional<String> maker(Authority authority) {
        return authority instanceof Authority.Session session ? session.deviceId() : Optional.empty();
    }
}
