package dev.gatehouse.management;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.refusal.Account;
import dev.gatehouse.refusal.Fix;
import dev.gatehouse.refusal.Fixes;
import dev.gatehouse.refusal.KeptRefusal;
import dev.gatehouse.refusal.RefusalKind;
import dev.gatehouse.refusal.Seen;
import dev.gatehouse.refusal.Visitor;
import dev.gatehouse.spi.UpgradeContext.Hop;

/** A refusal as the API shows it, with everything that is known and what to do. */
record RefusalView(
        String id,
        long count,
        String firstAt,
        String lastAt,
        String decision,
        String code,
        String message,
        int closeCode,
        String closeReason,
        Optional<String> check,
        Optional<String> requestId,
        Optional<String> approvalCode,
        Optional<Long> retryAfterMs,
        String about,
        String why,
        String console,
        SeenView seen,
        List<CheckAnswerView> checks,
        List<FixView> fixes) {

    static RefusalView of(KeptRefusal refusal, Fixes fixes) {
        Account account = refusal.account();
        Account.Told told = account.told();
        RefusalKind kind = account.kind();
        return new RefusalView(
                refusal.id(),
                refusal.count(),
                refusal.firstAt().toString(),
                refusal.lastAt().toString(),
                account.outcome().label(),
                told.code(),
                told.message(),
                told.closeCode(),
                told.closeReason(),
                account.check(),
                told.requestId(),
                told.approvalCode(),
                told.retryAfterMillis(),
                kind.topic().title(),
                kind.why(),
                fixes.consoleOf(refusal),
                SeenView.of(account.seen()),
                account.checks().stream().map(CheckAnswerView::of).toList(),
                fixes.of(refusal).stream().map(FixView::of).toList());
    }

    /** What the gateway saw of the connection. */
    record SeenView(
            String peer,
            String address,
            boolean local,
            String locality,
            List<HopView> hops,
            String scheme,
            String transport,
            Optional<String> host,
            Optional<String> origin,
            String path,
            Optional<String> userAgent,
            Optional<VisitorView> client) {

        static SeenView of(Seen seen) {
            return new SeenView(
                    seen.peer(),
                    seen.address(),
                    seen.local(),
                    seen.locality(),
                    seen.hops().stream().map(HopView::of).toList(),
                    seen.scheme(),
                    seen.transport(),
                    seen.host(),
                    seen.origin(),
                    seen.path(),
                    seen.userAgent(),
                    seen.client().map(VisitorView::of));
        }
    }

    /** A station on the way of the connection. */
    record HopView(String address, String source, boolean trusted, String why) {

        static HopView of(Hop hop) {
            return new HopView(hop.address(), hop.source(), hop.trusted(), hop.why());
        }
    }

    /** What the client said about itself. */
    record VisitorView(
            String id,
            String mode,
            String version,
            String platform,
            Optional<String> displayName,
            String role,
            List<String> scopes,
            Optional<String> deviceId,
            String deviceProof,
            List<String> credentials) {

        static VisitorView of(Visitor visitor) {
            return new VisitorView(
                    visitor.id(),
                    visitor.mode(),
                    visitor.version(),
                    visitor.platform(),
                    visitor.displayName(),
                    visitor.role(),
                    visitor.scopes(),
                    visitor.deviceId(),
                    visitor.deviceProof(),
                    visitor.credentials());
        }
    }

    /** What one check said. */
    record CheckAnswerView(String name, String stage, String verdict, Optional<String> code, long micros) {

        static CheckAnswerView of(Account.Answer answer) {
            return new CheckAnswerView(answer.name(), answer.stage(), answer.verdict(), answer.code(), answer.micros());
        }
    }

    /**
     * Something that would let the connection in.
     *
     * @param who {@code client} or {@code operator}
     * @param text what it is
     * @param copy what to copy for it
     */
    record FixView(String who, String text, Optional<String> copy) {

        static FixView of(Fix fix) {
            return new FixView(fix.who().name().toLowerCase(Locale.ROOT), fix.text(), fix.copy());
        }
    }
}
