package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.List;

import dev.gatehouse.session.Eventually;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.Callers.WRONG;
import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;

/** What clients are told when the shared secret is lost, spoilt or rotated under a running gateway. */
class SecretFileEndToEndTest {

    private static final String REDACTED = "__OPENCLAW_REDACTED__";

    @TempDir
    private Path folder;

    @Test
    void token_isReadAnew_whileTheGatewayRuns() {
        try (GatewayFixture gateway = GatewayFixture.withToken(folder.resolve("home"))) {
            Caller owner = Caller.of(Callers.localCli().withToken(SECRET));
            gateway.admit(owner);

            gateway.rewriteSecret("");
            awaitCode(gateway, owner, "AUTH_TOKEN_NOT_CONFIGURED");
            assertRefused(gateway, RecordedRefusal.of("R37", ""));

            gateway.rewriteSecret(REDACTED);
            awaitCode(gateway, owner, "AUTH_UNAUTHORIZED");
            assertRefused(gateway, redacted("token"));

            gateway.rewriteSecret("rotated-" + SECRET);
            awaitCode(gateway, owner, "AUTH_TOKEN_MISMATCH");
            gateway.admit(Caller.of(Callers.localCli().withToken("rotated-" + SECRET)));
        }
    }

    @Test
    void password_isReadAnew_whileTheGatewayRuns() {
        try (GatewayFixture gateway = GatewayFixture.withPassword(folder.resolve("home"))) {
            Caller owner = Caller.of(Callers.localCli().withPassword(SECRET));
            gateway.admit(owner);

            gateway.rewriteSecret("\n");
            awaitCode(gateway, owner, "AUTH_PASSWORD_NOT_CONFIGURED");
            assertRefused(gateway, RecordedRefusal.of("R41", ""));

            gateway.rewriteSecret(REDACTED);
            awaitCode(gateway, owner, "AUTH_UNAUTHORIZED");
            assertRefused(gateway, redacted("password"));
        }
    }

    /** Whoever it is, and whatever it presents. */
    private static void assertRefused(GatewayFixture gateway, RecordedRefusal refusal) {
        ConnectFixture cli = Callers.remoteCli();
        List<Caller> callers = List.of(
                Caller.of(cli).onNewDevice(),
                Caller.of(cli.withToken(REDACTED)),
                Caller.of(cli.withPassword(REDACTED)),
                Caller.of(cli.withToken(WRONG)).onNewDevice(),
                Caller.of(ConnectFixture.controlUi().withToken(SECRET).withPassword(SECRET))
                        .onNewDevice());
        for (Caller caller : callers) {
            refusal.assertToldTo(gateway.connect(caller), caller);
        }
    }

    private static void awaitCode(GatewayFixture gateway, Caller caller, String code) {
        Eventually.holds(
                "clients are refused with " + code,
                () -> gateway.connect(caller)
                        .read()
                        .at("/error/details/code")
                        .asText()
                        .equals(code));
    }

    private static RecordedRefusal redacted(String mode) {
        return RecordedRefusal.all().stream()
                .filter(refusal -> refusal.row().equals("R38"))
                .filter(refusal ->
                        refusal.error().at("/details/authReason").asText().startsWith(mode))
                .findFirst()
                .orElseThrow();
    }
}
