package dev.gatehouse.checks.token;

import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;

/**
 * Identifies whoever knows the gateway's secret as its owner.
 *
 * <p>Old clients send their device token as shared token. So a wrong secret is tried as a device token before it is
 * called wrong; when it is one, this check has no objection, and the pairing check judges the device. Whoever brings an
 * invitation need not know the secret; the pairing check judges that too. Immutable but for the secret, which is read for
 * every connection.
 */
final class TokenCheck implements AdmissionCheck {

    private final Mode mode;
    private final GatewaySecret secret;
    private final DeviceDirectory devices;
    private final TokenReasons reasons;
    private final SecretFingerprint fingerprint = new SecretFingerprint();

    TokenCheck(Mode mode, GatewaySecret secret, DeviceDirectory devices) {
        this.mode = mode;
        this.secret = secret;
        this.devices = devices;
        this.reasons = new TokenReasons(mode);
    }

    @Override
    public Optional<String> fingerprint() {
        return secret.read() instanceof GatewaySecret.Reading.Usable usable
                ? Optional.of(fingerprint.of(mode, usable.secret()))
                : Optional.empty(); // perhaps it is being written; whoever comes is refused meanwhile
    }

    @Override
    public Verdict atConnect(ConnectContext context) {
        Optional<Secret> presented = mode.presented(context.credentials());
        GatewaySecret.Reading reading = secret.read();
        if (presented.isEmpty()) {
            return withoutSecret(context, reading);
        }
        if (reading instanceof GatewaySecret.Reading.Usable usable) {
            return usable.secret().matches(presented.get())
                    ? Verdict.identified(mode.owner(), proposed(context))
                    : withWrongSecret(context, reasons.mismatch(context));
        }
        return withWrongSecret(context, reasonAgainst(reading));
    }

    private Verdict withoutSecret(ConnectContext context, GatewaySecret.Reading reading) {
        Credentials sent = context.credentials();
        if (sent.deviceToken().isPresent() && context.device().isPresent()) {
            return Verdict.pass();
        }
        if (sent.deviceToken().isEmpty() && sent.bootstrapToken().isPresent()) {
            return Verdict.absent(TokenReasons.bootstrapTokenInvalid());
        }
        return Verdict.absent(
                reading instanceof GatewaySecret.Reading.Usable ? reasons.missing(context) : reasonAgainst(reading));
    }

    private Verdict withWrongSecret(ConnectContext context, VetoReason wrong) {
        Optional<DeviceProof.Verified> device = context.device();
        Optional<Secret> candidate = context.credentials().deviceTokenCandidate();
        if (device.isPresent() && context.credentials().bootstrapToken().isPresent()) {
            return Verdict.absent(wrong); // an invitation may identify it all the same (wire reference 4.5)
        }
        if (device.isEmpty() || candidate.isEmpty()) {
            return Verdict.veto(wrong);
        }
        TokenStanding standing =
                devices.examine(device.get(), context.role(), context.requestedScopes(), candidate.get());
        if (standing instanceof TokenStanding.Invalid invalid) {
            boolean isExplicit = context.credentials().deviceToken().isPresent();
            return Verdict.veto(isExplicit ? invalid.reason() : wrong);
        }
        return Verdict.pass();
    }

    private VetoReason reasonAgainst(GatewaySecret.Reading unusable) {
        return unusable instanceof GatewaySecret.Reading.Redacted ? reasons.redacted() : reasons.notConfigured();
    }

    /** The owner gets what is asked for through an approved device, or on this machine; elsewhere nothing. */
    private static Scopes proposed(ConnectContext context) {
        if (context.device().isPresent()) {
            return context.role() == Role.OPERATOR
                    ? Scopes.of(Scopes.ADMIN).plus(context.requestedScopes())
                    : context.requestedScopes();
        }
        return isTrustedWithoutDevice(context) ? context.requestedScopes() : Scopes.none();
    }

    /** Wire reference 4.7: the command line and back ends of this machine send no device. */
    private static boolean isTrustedWithoutDevice(ConnectContext context) {
        boolean isBackend = context.client().isBackend() && context.role() == Role.OPERATOR;
        return (context.client().isCli() || isBackend)
                && context.upgrade().isLocal()
                && context.upgrade().origin().isEmpty();
    }
}
