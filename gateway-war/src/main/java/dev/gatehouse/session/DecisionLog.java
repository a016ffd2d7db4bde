package dev.gatehouse.session;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Failure;
import dev.gatehouse.refusal.Occurrence;
import dev.gatehouse.refusal.VisibleText;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.UpgradeContext;

/**
 * Writes each decision with its trace to the log, under the id that the client is told.
 *
 * <p>Refusals are written {@value #LINES_PER_SECOND} times a second at most, so that a storm of them neither slows the
 * gateway nor fills a disk; the rest is counted. So are failures that follow from one which was written already, because the
 * circuit breaker of a check is open; other failures are always written. No secret and no header is written. Safe for
 * concurrent use.
 */
public final class DecisionLog {

    private static final System.Logger LOG = System.getLogger(DecisionLog.class.getName());
    private static final int LINES_PER_SECOND = 20;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    // guarded by this
    private long second;
    private int lines;
    private long suppressed;

    void admitted(ConnectContext context, Decision.Admitted admitted) {
        LOG.log(
                Level.DEBUG,
                () -> "admitted " + client(context) + " by "
                        + admitted.identity().method() + " with " + admitted.scopes() + " [" + admitted.trace() + "]");
    }

    void refused(String id, ConnectContext context, Decision.Refused refused) {
        if (mayWrite()) {
            LOG.log(
                    Level.INFO,
                    () -> "refused #" + id + " " + refused.reason().code() + " " + client(context) + ": "
                            + VisibleText.of(refused.reason().message()) + " [" + refused.trace() + "]"
                            + fixes(refused.reason().fixes()));
        }
    }

    void failed(String id, ConnectContext context, Decision.Failed failed) {
        Failure failure = failed.failure();
        if (failure.kind() == Failure.Kind.CIRCUIT_OPEN && !mayWrite()) {
            return;
        }
        String line = "failed, incident " + id + ": check '" + failure.check() + "' " + failure.summary() + "; "
                + client(context) + " is not admitted [" + failed.trace() + "]";
        failure.cause().ifPresentOrElse(cause -> LOG.log(Level.ERROR, line, cause), () -> LOG.log(Level.ERROR, line));
    }

    /** A connection that the chain was not asked about, or not to the end. */
    void turnedAway(String id, Occurrence occurrence) {
        if (mayWrite()) {
            LOG.log(
                    Level.INFO,
                    () -> "refused #" + id + " " + occurrence.code() + " " + connection(occurrence.upgrade()) + ": "
                            + VisibleText.of(occurrence.message()) + fixes(occurrence.advice()));
        }
    }

    void broken(String id, String what, Throwable thrown) {
        LOG.log(Level.ERROR, "failed, incident " + id + ": " + what, thrown);
    }

    /** What would let this client in; it may repeat what the client sent, so nothing in it can begin a line. */
    private static String fixes(List<String> fixes) {
        return fixes.stream()
                .map(fix -> "; fix: " + VisibleText.of(CONTROLS.matcher(fix).replaceAll(" ")))
                .collect(Collectors.joining());
    }

    private static String client(ConnectContext context) {
        String device = context.deviceProof() instanceof DeviceProof.Verified verified ? verified.deviceId() : "none";
        return connection(context.upgrade()) + " client=" + context.client().id() + "/"
                + context.client().mode() + " role=" + context.role().wireName() + " device=" + device;
    }

    /** The peer, and the address that it names if it is a trusted proxy. */
    private static String connection(UpgradeContext upgrade) {
        String named = upgrade.address().equals(upgrade.peer())
                ? ""
                : " address=" + upgrade.address().getHostAddress();
        return "conn=" + upgrade.connectionId() + " peer=" + upgrade.peer().getHostAddress() + named;
    }

    private synchronized boolean mayWrite() {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            lines = 0;
            if (suppressed > 0) {
                LOG.log(Level.INFO, "refused or failed " + suppressed + " more connections, not written one by one");
                suppressed = 0;
            }
        }
        lines++;
        if (lines > LINES_PER_SECOND) {
            suppressed++;
            return false;
        }
        return true;
    }
}
