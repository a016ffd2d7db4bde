package dev.gatehouse.admission;

import java.time.Duration;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;

/**
 * Hears how the admission of each connection ended, once for each connection that said something.
 *
 * <p>Called before the client is told, on the thread that carries decisions out; so a listener is quick, and takes no
 * lock that somebody holds for long. One that throws is logged, and changes nothing.
 */
public interface AdmissionListener {

    /** Hears everything and does nothing. */
    AdmissionListener NONE = new AdmissionListener() {};

    /**
     * Tells two listeners, one after the other; what the first throws keeps nothing from the second.
     *
     * @param first hears first
     * @param second hears next
     * @return a listener that tells both
     */
    static AdmissionListener of(AdmissionListener first, AdmissionListener second) {
        return new AdmissionListener() {
            @Override
            public void decided(ConnectContext context, Decision decision, Duration handshake) {
                try {
                    first.decided(context, decision, handshake);
                } finally {
                    second.decided(context, decision, handshake);
                }
            }

            @Override
            public void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {
                try {
                    first.turnedAway(upgrade, code, handshake);
                } finally {
                    second.turnedAway(upgrade, code, handshake);
                }
            }
        };
    }

    /**
     * A connection is decided.
     *
     * @param context what the decision was made on; may hold credentials, which must not be kept
     * @param decision what became of the connection in the end, with what each check said; an admission that could not be
     *     carried out is a refusal or a failure
     * @param handshake how long it took since the client was challenged, with the time that the client took
     */
    default void decided(ConnectContext context, Decision decision, Duration handshake) {}

    /**
     * A connection is refused before anything could be decided about it: its first frame was none, or never came.
     *
     * @param upgrade the facts of its upgrade; may hold credentials, which must not be kept
     * @param code why, as in {@code error.details.code}, or the error's own code when it has no details
     * @param handshake how long it took since the client was challenged
     */
    default void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {}
}
