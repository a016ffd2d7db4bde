package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Verdict;

/**
 * Refuses a faulty proof, and a missing one where it could never be made up for: always for the Control UI and the
 * terminal UI, and for other clients when they present no shared secret either. Stateless.
 */
final class DeviceIdentityCheck implements AdmissionCheck {

    @Override
    public Verdict atConnect(ConnectContext context) {
        if (context.deviceProof() instanceof DeviceProof.Faulty faulty) {
            return Verdict.veto(faulty.reason());
        }
        if (context.device().isPresent()) {
            return Verdict.pass();
        }
        if (context.client().isControlUi()) {
            return Verdict.veto(DeviceReasons.controlUiNeedsDevice());
        }
        return presentsSharedSecret(context) ? Verdict.pass() : Verdict.veto(DeviceReasons.deviceRequired());
    }

    private static boolean presentsSharedSecret(ConnectContext context) {
        return context.credentials().token().isPresent()
                || context.credentials().password().isPresent();
    }
}
