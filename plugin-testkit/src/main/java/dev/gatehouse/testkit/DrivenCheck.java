package dev.gatehouse.testkit;

import java.lang.System.Logger.Level;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Verdict;

/**
 * A check to ask about connections, and the fakes that it was made with. Made by {@link AdmissionTestKit}. Asks on the
 * calling thread and without a deadline, so that a debugger can stop in the check.
 *
 * @since 0.1
 */
public final class DrivenCheck implements AutoCloseable {

    private final AdmissionCheck check;
    private final FakeCheckSetup setup;

    DrivenCheck(AdmissionCheck check, FakeCheckSetup setup) {
        this.check = check;
        this.setup = setup;
    }

    /**
     * Asks at upgrade.
     *
     * @param connection whom to examine
     * @return what the check says
     * @throws AssertionError when it says nothing, which the gateway takes for a failure
     */
    public Verdict atUpgrade(ConnectFixture connection) {
        return said(check.atUpgrade(connection.upgrade()), "atUpgrade");
    }

    /**
     * Asks at connect.
     *
     * @param connection whom to examine
     * @return what the check says
     * @throws AssertionError when it says nothing, which the gateway takes for a failure
     */
    public Verdict atConnect(ConnectFixture connection) {
        return said(check.atConnect(connection.connect()), "atConnect");
    }

    /**
     * Asks at upgrade and, unless that is a veto, at connect: what becomes of the connection when this check is the only
     * one.
     *
     * @param connection whom to examine
     * @return the veto at upgrade, else what the check says at connect
     * @throws AssertionError when it says nothing, which the gateway takes for a failure
     */
    public Verdict examine(ConnectFixture connection) {
        Verdict atUpgrade = atUpgrade(connection);
        if (atUpgrade instanceof Verdict.Veto) {
            return atUpgrade;
        }
        return atConnect(
                atUpgrade instanceof Verdict.Identified identified
                        ? connection.identifiedAs(identified.identity())
                        : connection);
    }

    /**
     * The clock that the check was given.
     *
     * @return a clock that stands still until it is moved
     */
    public MutableClock clock() {
        return setup.clock();
    }

    /**
     * The directory that the check was given.
     *
     * @return the devices known to it
     */
    public FakeDeviceDirectory devices() {
        return setup.devices();
    }

    /**
     * The desk that the check was given.
     *
     * @return who asked at it
     */
    public FakePairingDesk pairingDesk() {
        return setup.pairingDesk();
    }

    /**
     * The logger that the check was given.
     *
     * @return what was logged
     */
    public RecordingLogger logger() {
        return setup.logger();
    }

    /**
     * The check itself.
     *
     * @return what the factory made
     */
    public AdmissionCheck check() {
        return check;
    }

    /** Closes the check, and throws what it throws. */
    @Override
    public void close() {
        check.close();
    }

    /** Closes the check as the gateway does: what it throws has no effect but for an entry in the log. */
    void closeQuietly() {
        try {
            check.close();
        } catch (RuntimeException e) {
            setup.logger().log(Level.WARNING, "close threw", e);
        }
    }

    private static Verdict said(Verdict verdict, String method) {
        return Optional.ofNullable(verdict)
                .orElseThrow(() -> new AssertionError(
                        method + " answered null; a check without an objection answers Verdict.pass()"));
    }
}
