package dev.gatehouse.checks.securecontext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * Refuses a browser that arrives over plain HTTP from another machine. A browser is known at upgrade by its origin, or
 * at connect by what the client says it is. Stateless.
 */
final class SecureContextCheck implements AdmissionCheck {

    private static final String CODE = "CONTROL_UI_DEVICE_IDENTITY_REQUIRED";
    private static final String MESSAGE = "control ui requires HTTPS or localhost (secure context)";

    @Override
    public Verdict atUpgrade(UpgradeContext upgrade) {
        return upgrade.origin().isPresent() ? examine(upgrade) : Verdict.pass();
    }

    @Override
    public Verdict atConnect(ConnectContext context) {
        return context.client().isBrowser() ? examine(context.upgrade()) : atUpgrade(context.upgrade());
    }

    private static Verdict examine(UpgradeContext upgrade) {
        if (upgrade.transport() != UpgradeContext.Transport.PLAIN) {
            return Verdict.pass();
        }
        Optional<ReachedHost> host = upgrade.host().flatMap(ReachedHost::parse);
        return Verdict.veto(new VetoReason(
                CODE,
                MESSAGE,
                Effect.SECURE_CONTEXT,
                details(upgrade, host),
                Retry.never(),
                host.map(ReachedHost::fixes).orElseGet(ReachedHost::fixesForAnyHost)));
    }

    private static Map<String, Object> details(UpgradeContext upgrade, Optional<ReachedHost> host) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("scheme", "http");
        seen.put("host", host.map(ReachedHost::text).orElse("missing or unreadable"));
        seen.put("locality", upgrade.locality().evidence());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", "insecure-context");
        details.put("seen", seen);
        details.put("accepted", List.of("https", "localhost"));
        return details;
    }
}
