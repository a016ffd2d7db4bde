package dev.gatehouse.checks.origin;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * Refuses pages whose origin is not allowed. An extension's origin is judged at connect only, where the browser copilot,
 * the one client that is entitled to it, has named itself. Immutable.
 */
final class OriginCheck implements AdmissionCheck {

    private static final String MISSING_OR_INVALID = "origin missing or invalid";
    private static final String NOT_ALLOWED = "origin not allowed";

    /** Stock clients retry this code for ever, so they are at least told to do it slowly. */
    private static final Retry SLOWLY = Retry.after(Duration.ofSeconds(30));

    private final OriginRules rules;

    OriginCheck(OriginRules rules) {
        this.rules = rules;
    }

    @Override
    public Verdict atUpgrade(UpgradeContext upgrade) {
        Optional<String> header = upgrade.origin();
        if (header.isEmpty() || Origin.isExtension(header.get())) {
            return Verdict.pass();
        }
        return examine(header.get(), upgrade);
    }

    @Override
    public Verdict atConnect(ConnectContext context) {
        Optional<String> header = context.upgrade().origin();
        if (header.isEmpty()) {
            return context.client().isBrowser() ? Verdict.veto(reason(MISSING_OR_INVALID)) : Verdict.pass();
        }
        if (context.client().isBrowserCopilot() && Origin.isExtension(header.get())) {
            return Verdict.pass();
        }
        return examine(header.get(), context.upgrade());
    }

    private Verdict examine(String header, UpgradeContext upgrade) {
        Optional<Origin> origin = Origin.parse(header);
        if (origin.isEmpty()) {
            return Verdict.veto(reason(MISSING_OR_INVALID));
        }
        if (rules.allow(origin.get(), upgrade)) {
            return Verdict.pass();
        }
        // Quoted, because an IPv6 address has brackets of its own.
        String fix = "checks.origin.allowed-origins: [\"" + origin.get().text() + "\"]";
        return Verdict.veto(reason(NOT_ALLOWED).withFix(fix));
    }

    private static VetoReason reason(String detail) {
        return VetoReason.of(
                        "CONTROL_UI_ORIGIN_NOT_ALLOWED",
                        Effect.ALLOW_ORIGIN,
                        "origin not allowed (open the Control UI from the gateway host or allow it in"
                                + " gateway.controlUi.allowedOrigins)")
                .withDetail("reason", detail)
                .withRetry(SLOWLY);
    }
}
