package dev.gatehouse.spi;

import java.util.Optional;

/**
 * One plugin's examination of a connection, in two stages.
 *
 * <p>Both methods are called concurrently, by threads of the gateway that carry the plugin's class loader as context
 * class loader. They may block, within a deadline that the operator sets ({@code admission.check-deadline}, 250 ms by
 * default, and {@code admission.chain-deadline} for a whole stage). An exception, a {@code null}, or an answer after
 * the deadline is a failure: the connection is closed with 1011 or 1013 and an incident id, and never admitted. After
 * the deadline the calling thread is interrupted. A check never throws to say no.
 *
 * @since 0.1
 */
public interface AdmissionCheck extends AutoCloseable {

    /**
     * Examines the HTTP upgrade request; nothing has been read from the socket yet.
     *
     * @param context the facts of the upgrade
     * @return what this check says; a {@link Verdict.Identified} given here counts at connect as well
     */
    default Verdict atUpgrade(UpgradeContext context) {
        return Verdict.pass();
    }

    /**
     * Examines the connect frame, after a client has answered the challenge. Not called when a check vetoed at
     * upgrade, nor after a check before this one vetoed.
     *
     * @param context the facts of the upgrade and of the connect frame
     * @return what this check says
     */
    default Verdict atConnect(ConnectContext context) {
        return Verdict.pass();
    }

    /**
     * Tells the fingerprint of what this check identifies clients by now, such as a shared secret: another secret has
     * another one, and the same secret the same, also after a reload. Live sessions without a device that this check
     * identified end when it changes.
     *
     * <p>Asked every second on a thread of the gateway of its own, with a deadline of several seconds; may block. After an
     * exception or a time-out no session ends.
     *
     * @return at most 128 characters from which nobody can find the secret; empty when this check has nothing
     *     that could change, or cannot tell now
     */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    /**
     * Releases what the check holds. Called once, after the last connection that began on this check's chain has been
     * decided. An exception is logged and has no other effect.
     */
    @Override
    default void close() {}
}
