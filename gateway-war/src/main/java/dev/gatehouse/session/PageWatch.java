package dev.gatehouse.session;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.gatehouse.admission.ChainMark;
import dev.gatehouse.admission.Explanation;
import dev.gatehouse.admission.Explanation.Explained;
import dev.gatehouse.admission.Mode;
import dev.gatehouse.refusal.VisibleText;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/**
 * Ends the sessions of pages that may not connect any more once another chain is in force (wire reference 1.8 and 6.4), by
 * looking.
 *
 * <p>Each session remembers which chain examined its page last. One that another chain examined than the one in force is
 * asked about again, so none slips through that was admitted by the old chain while the new one took its place. Only an
 * objection to the origin ends a session. One that a check gives no answer about stays, and is asked about again with the
 * next look. Safe for concurrent use.
 */
public final class PageWatch {

    private static final System.Logger LOG = System.getLogger(PageWatch.class.getName());
    private static final String NOT_ALLOWED = "origin not allowed";
    private static final int ORIGIN_MAX = 300;

    /** A look asks no more once so many answers are missing: each may have taken as long as a check may take. */
    private static final int UNANSWERED_MAX = 3;

    private final Supplier<ChainMark> inForce;
    private final Function<ConnectContext, Explanation> judges;
    private final LiveSessions sessions;
    private final Consumer<Ended> whenEnded;
    private final ReentrantLock looking = new ReentrantLock();

    /** Guarded by {@code looking}. */
    private boolean isUnanswered;

    /**
     * A session that was ended.
     *
     * @param sessionId the id of its connection
     * @param deviceId its device, if it has one
     * @param origin its page, with everything in it visible, and bounded
     * @param code the code of the objection
     * @param reason what its client was told
     */
    public record Ended(String sessionId, Optional<String> deviceId, String origin, String code, String reason) {}

    /**
     * A watch.
     *
     * @param inForce the chain in force
     * @param judges asks the checks of the chain in force, of which nothing comes; may be of a newer chain
     * @param sessions whose sessions end
     * @param whenEnded told of each, on the thread that looks
     */
    public PageWatch(
            Supplier<ChainMark> inForce,
            Function<ConnectContext, Explanation> judges,
            LiveSessions sessions,
            Consumer<Ended> whenEnded) {
        this.inForce = inForce;
        this.judges = judges;
        this.sessions = sessions;
        this.whenEnded = whenEnded;
    }

    /** Looks, unless somebody else does; may block as long as plugins may. */
    public void look() {
        if (!looking.tryLock()) {
            return;
        }
        try {
            look(inForce.get());
        } finally {
            looking.unlock();
        }
    }

    private void look(ChainMark now) {
        List<LiveSession> outdated = sessions.withPagesNotExaminedBy(now);
        int unanswered = 0;
        for (LiveSession session : outdated) {
            if (unanswered < UNANSWERED_MAX
                    && !isSettled(session, session.page().orElseThrow(), now)) {
                unanswered++;
            }
        }
        if (unanswered > 0 && !isUnanswered) {
            LOG.log(
                    Level.WARNING,
                    "the chain changed, and a check cannot say whether the pages of live sessions may still connect; they"
                            + " stay, and it is asked again every second; GET /api/v1/chain says which check fails");
        }
        isUnanswered = unanswered > 0;
    }

    /** Whether it is known what is to become of a session. */
    private boolean isSettled(LiveSession session, Page page, ChainMark now) {
        Optional<Explanation> said = ask(page);
        Optional<Explained> objection = said.flatMap(explanation -> explanation.answers().stream()
                .filter(PageWatch::isAgainstOrigin)
                .findFirst());
        if (objection.isPresent()) {
            end(session, page, objection.get());
        } else if (said.isEmpty() || said.get().answers().stream().anyMatch(PageWatch::isMissing)) {
            page.triedInVain();
            return false;
        }
        page.examinedBy(now);
        return true;
    }

    private Optional<Explanation> ask(Page page) {
        try {
            return Optional.of(judges.apply(page.facts()));
        } catch (RuntimeException e) { // the next look asks the chain that is in force by then
            LOG.log(Level.DEBUG, "the chain cannot be asked about a live session", e);
            return Optional.empty();
        }
    }

    private void end(LiveSession session, Page page, Explained objection) {
        String code = objection.reason().map(VetoReason::code).orElseThrow();
        String origin = VisibleText.of(VisibleText.cut(page.origin(), ORIGIN_MAX));
        session.pageNotAllowed(NOT_ALLOWED);
        LOG.log(
                Level.INFO,
                "session " + session.connectionId() + " ended: check '" + objection.check()
                        + "' does not allow its page, " + origin + ", any more");
        whenEnded.accept(new Ended(session.connectionId(), session.deviceId(), origin, code, NOT_ALLOWED));
    }

    private static boolean isAgainstOrigin(Explained answer) {
        return answer.mode() == Mode.ENFORCE
                && answer.isVeto()
                && answer.reason()
                        .filter(reason -> reason.effect() == Effect.ALLOW_ORIGIN)
                        .isPresent();
    }

    private static boolean isMissing(Explained answer) {
        return answer.mode() == Mode.ENFORCE && answer.failure().isPresent();
    }
}
