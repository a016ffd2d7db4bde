package dev.gatehouse.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes what would let one connection in, best first, as the config is now. Nothing that a client said becomes part of a
 * command unless its form is one that no shell can mistake. Immutable.
 */
public final class Fixes {

    private final Surroundings surroundings;
    private final Commands commands;
    private final SharedSecretFixes secrets;

    /**
     * The remedies of a gateway.
     *
     * @param surroundings the config as it is now
     * @param gateway where whoever reads this reaches the gateway, such as {@code http://127.0.0.1:18789}
     */
    public Fixes(Surroundings surroundings, String gateway) {
        this.surroundings = surroundings;
        this.commands = new Commands(gateway);
        this.secrets = new SharedSecretFixes(surroundings, commands);
    }

    /** What would let the connection of a refusal in. */
    public List<Fix> of(KeptRefusal refusal) {
        List<Fix> fixes = particular(refusal).toList();
        return fixes.isEmpty() ? plain(refusal.account()).toList() : fixes;
    }

    /** The page of the console that shows a refusal. */
    public String consoleOf(KeptRefusal refusal) {
        return commands.console("refusals/" + refusal.id());
    }

    private Stream<Fix> particular(KeptRefusal refusal) {
        Account account = refusal.account();
        return switch (account.kind()) {
            case TOKEN_MISSING, PASSWORD_MISSING -> secrets.missing(account);
            case DEVICE_REQUIRED -> secrets.withoutDevice(account);
            case TOKEN_MISMATCH, PASSWORD_MISMATCH -> secrets.wrong(account);
            case DEVICE_TOKEN_WITHOUT_DEVICE, DEVICE_NOT_IDENTIFIED -> secrets.missing(account);
            case TOKEN_NOT_CONFIGURED, PASSWORD_NOT_CONFIGURED, SECRET_REDACTED -> secrets.unusable(account);
            case INVITATION_UNUSABLE -> commands.invite(account);
            case DEVICE_TOKEN_ROTATED, DEVICE_TOKEN_REVOKED, DEVICE_TOKEN_EXPIRED, DEVICE_TOKEN_MISMATCH ->
                secrets.wrongDeviceToken(account);
            case SCOPE_MISMATCH -> secrets.narrowDeviceToken(account);
            case NOT_APPROVED, ACCESS_REVOKED, IDENTITY_CHANGED, ROLE_UPGRADE, SCOPE_UPGRADE, REMOVED_MEANWHILE ->
                pairing(account);
            case TOO_MANY_WAIT -> commands.whoWaits();
            case UI_DEVICE_REQUIRED, INSECURE_CONTEXT -> SecurePage.fixes(account.seen()).stream();
            case KEY_CHANGED -> commands.removeDevice(account);
            case ORIGIN_NOT_ALLOWED -> origin(account);
            case UNDECIDED -> undecided(refusal);
            case BANNED -> commands.lift(account);
            case PROXY_NOT_TRUSTED -> attribution(account);
            case NETWORK_NOT_ALLOWED, RATE_LIMITED, OF_A_PLUGIN -> Stream.concat(advice(account), plain(account));
            default -> plain(account);
        };
    }

    private Stream<Fix> pairing(Account account) {
        Stream<Fix> approvals = account.told().requestId().stream().flatMap(id -> commands.approve(id, account));
        return Stream.concat(
                approvals,
                account
                        .told()
                        .requestId()
                        .map(id -> Fix.client("leave the client running: it comes back by itself"
                                + every(account).orElse("") + ", and is let in once the request is approved"))
                        .or(() -> Optional.of(Fix.client("connect again, and the device asks anew")))
                        .stream());
    }

    private Stream<Fix> origin(Account account) {
        Optional<String> origin = account.seen().origin().flatMap(NearestOrigin::written);
        if (origin.isEmpty()) {
            return plain(account);
        }
        List<String> configured = surroundings.allowedOrigins();
        if (NearestOrigin.isAllowed(origin.get(), configured)) {
            return Stream.of(Fix.client("this origin is allowed by now: open the page again"));
        }
        List<Fix> fixes = new ArrayList<>();
        NearestOrigin.of(origin.get(), configured)
                .ifPresent(nearest -> fixes.add(Fix.client(
                        "open the page at the nearest origin that is allowed (" + nearest.difference() + ")",
                        nearest.origin())));
        fixes.add(Fix.operator(
                "allow this origin as well: the whole line, under checks: and origin: in gatehouse.yaml; no restart is needed",
                OriginLine.of(
                        Stream.concat(configured.stream(), origin.stream()).toList())));
        return fixes.stream();
    }

    private static Stream<Fix> attribution(Account account) {
        String why = account.told().reason().map(VisibleText::of).orElse("nobody can tell who the client is");
        return account.advice().stream().map(line -> Fix.operator(why, VisibleText.of(line)));
    }

    private Stream<Fix> undecided(KeptRefusal refusal) {
        Account account = refusal.account();
        String failed = account.check()
                .map(check -> "check '" + VisibleText.of(check) + "' failed")
                .orElse("it failed");
        return Stream.of(
                Fix.client("nothing is wrong with the client: it may come back"
                        + every(account).orElse("")),
                Fix.operator("the gateway's log says why " + failed, "incident " + refusal.id()),
                Fix.operator("see which checks fail, and whether the chain is what is on disk", commands.get("chain")));
    }

    private static Stream<Fix> advice(Account account) {
        return account.advice().stream().map(line -> Fix.operator("the check that refused says", VisibleText.of(line)));
    }

    /** What the catalogue says, for people who read no Markdown. */
    private static Stream<Fix> plain(Account account) {
        return Stream.of(Fix.client(account.kind().remedy()
                + every(account).map(when -> "; come back" + when).orElse("")));
    }

    private static Optional<String> every(Account account) {
        return account.told().retryAfterMillis().map(millis -> " after " + Math.max(1, (millis + 999) / 1000) + " s");
    }
}
