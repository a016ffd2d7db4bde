package dev.gatehouse.checks.pairing;

import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.PairingDesk.Claim;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;

/**
 * Lets in approved devices, within what was approved for them.
 *
 * <p>A device that no check before this one identified must show an invitation or its device token, which then identifies
 * it. But for the invited one, the device must stand as approved; what is lacking becomes a pairing request, and the
 * connection is refused until an operator has approved it. A client without a device comes in only on a shared secret, and
 * never as a node. Immutable.
 */
final class PairingCheck implements AdmissionCheck {

    private final DeviceDirectory directory;
    private final PairingDesk desk;
    private final SilentApproval silentApproval;

    PairingCheck(DeviceDirectory directory, PairingDesk desk, SilentApproval silentApproval) {
        this.directory = directory;
        this.desk = desk;
        this.silentApproval = silentApproval;
    }

    @Override
    public Verdict atConnect(ConnectContext context) {
        DeviceProof proof = context.deviceProof();
        if (proof instanceof DeviceProof.Faulty faulty) {
            return Verdict.veto(faulty.reason());
        }
        if (proof instanceof DeviceProof.Verified device) {
            return context.identity().isPresent()
                    ? withApproval(device, context, Verdict::limit)
                    : withInvitation(device, context);
        }
        return withoutDevice(context);
    }

    private static Verdict withoutDevice(ConnectContext context) {
        if (context.client().isControlUi()) {
            return Verdict.veto(DeviceReasons.controlUiNeedsDevice());
        }
        boolean isOwner = context.identity().filter(Identity::isShared).isPresent();
        return isOwner && context.role() == Role.OPERATOR
                ? Verdict.pass()
                : Verdict.veto(DeviceReasons.deviceRequired());
    }

    /** An invitation stands for an operator's approval, so the device need not stand as approved. */
    private Verdict withInvitation(DeviceProof.Verified device, ConnectContext context) {
        Optional<Secret> token = context.credentials().bootstrapToken();
        if (token.isEmpty()) {
            return withDeviceToken(device, context);
        }
        TokenStanding standing =
                directory.examineInvitation(device, context.role(), context.requestedScopes(), token.get());
        if (standing instanceof TokenStanding.Valid valid) {
            return Verdict.identified(new Identity(Identity.BOOTSTRAP_TOKEN, device.deviceId()), valid.granted());
        }
        return context.credentials().deviceTokenCandidate().isEmpty()
                        && standing instanceof TokenStanding.Invalid invalid
                ? Verdict.veto(invalid.reason())
                : withDeviceToken(device, context);
    }

    private Verdict withDeviceToken(DeviceProof.Verified device, ConnectContext context) {
        Optional<Secret> token = context.credentials().deviceTokenCandidate();
        if (token.isEmpty()) {
            return Verdict.veto(DeviceReasons.deviceTokenMissing());
        }
        TokenStanding standing = directory.examine(device, context.role(), context.requestedScopes(), token.get());
        if (standing instanceof TokenStanding.Valid valid) {
            Identity identity = new Identity(Identity.DEVICE_TOKEN, device.deviceId());
            return withApproval(device, context, approved -> Verdict.identified(identity, valid.granted()));
        }
        boolean isExplicit = context.credentials().deviceToken().isPresent();
        return Verdict.veto(
                isExplicit && standing instanceof TokenStanding.Invalid invalid
                        ? invalid.reason()
                        : DeviceReasons.deviceTokenMissing());
    }

    private Verdict withApproval(
            DeviceProof.Verified device, ConnectContext context, Function<Scopes, Verdict> admitted) {
        Standing standing = settle(device, context);
        if (standing.isKeyChanged()) {
            var unused = desk.open(claim(device, context, Need.NOT_PAIRED)); // opens nothing, and tells operators
            return Verdict.veto(DeviceReasons.keyChanged());
        }
        return standing.need()
                .map(need -> refuse(claim(device, context, need), standing))
                .orElseGet(() -> admitted.apply(standing.approved()));
    }

    /** How the device stands once everything that needs no operator has been approved. */
    private Standing settle(DeviceProof.Verified device, ConnectContext context) {
        Standing standing = Standing.of(device, context, directory);
        Optional<Claim> silent = standing.need()
                .filter(need -> !standing.isKeyChanged())
                .filter(need -> silentApproval.covers(need, standing.isIdTaken(), context))
                .map(need -> claim(device, context, need));
        if (silent.isEmpty()) {
            return standing;
        }
        desk.approveSilently(silent.get());
        return Standing.of(device, context, directory);
    }

    private Verdict refuse(Claim claim, Standing standing) {
        return Verdict.veto(desk.open(claim)
                .map(ticket -> PairingReasons.waiting(claim, ticket, standing))
                .orElseGet(PairingReasons::tooManyRequests));
    }

    private static Claim claim(DeviceProof.Verified device, ConnectContext context, Need need) {
        UpgradeContext upgrade = context.upgrade();
        return new Claim(
                device,
                context.client(),
                context.role(),
                context.requestedScopes(),
                need,
                upgrade.address(),
                upgrade.isLocal());
    }
}
