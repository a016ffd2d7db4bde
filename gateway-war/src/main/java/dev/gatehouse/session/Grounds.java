package dev.gatehouse.session;

import java.util.Optional;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Fingerprints;

/**
 * Why a client was admitted that knew a shared secret.
 *
 * @param check the check that identified it
 * @param fingerprints what that check identified by just before
 * @param hasDevice whether the client stands for a device as well
 */
record Grounds(String check, Fingerprints fingerprints, boolean hasDevice) {

    /** The grounds of an admission, if it rests on a shared secret. */
    static Optional<Grounds> of(Decision.Admitted admitted, Fingerprints fingerprints, boolean hasDevice) {
        return admitted.trace()
                .identifiedBy()
                .filter(check -> admitted.identity().isShared())
                .map(check -> new Grounds(check, fingerprints, hasDevice));
    }

    boolean areGone(Fingerprints now, boolean forDevicesToo) {
        return (forDevicesToo || !hasDevice) && fingerprints.isOutdated(check, now);
    }
}
