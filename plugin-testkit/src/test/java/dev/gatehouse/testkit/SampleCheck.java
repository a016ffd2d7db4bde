package dev.gatehouse.testkit;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/**
 * A check that keeps the contract, and has an occasion to break each rule: it refuses pages and echoes them, identifies
 * holders of a key and known devices, logs, asks the directory, and has a thread.
 */
final class SampleCheck implements AdmissionCheck {

    private static final int ECHO_MAX = 40;

    private final SampleSettings settings;
    private final CheckSetup setup;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    SampleCheck(SampleSettings settings, CheckSetup setup) {
        this.settings = settings;
        this.setup = setup;
    }

    @Override
    public Verdict atUpgrade(UpgradeContext upgrade) {
        Optional<String> page =
                upgrade.origin().filter(origin -> !settings.pages().contains(origin));
        if (page.isEmpty()) {
            return Verdict.pass();
        }
        String shown = tame(page.get());
        setup.logger().log(Level.DEBUG, "refused a page of {0}", shown);
        return Verdict.veto(VetoReason.of("PAGE_NOT_ALLOWED", Effect.ALLOW_ORIGIN, "page not allowed: '" + shown + "'")
                .withDetail("page", shown)
                .withFix("checks.sample.pages: [\"" + shown + "\"]"));
    }

    @Override
    public Verdict atConnect(ConnectContext context) {
        if (context.deviceProof() instanceof DeviceProof.Faulty faulty) {
            return Verdict.veto(faulty.reason());
        }
        Optional<Secret> presented = context.credentials().token().filter(token -> !token.isBlank());
        return presented
                .map(token -> examine(token, context))
                .orElseGet(() -> context.device()
                        .filter(device ->
                                setup.devices().find(device.deviceId()).isPresent())
                        .map(device -> Verdict.identified(new Identity("device", device.deviceId()), Scopes.none()))
                        .orElseGet(() -> Verdict.absent(
                                VetoReason.of("KEY_MISSING", Effect.IDENTIFY, "the key of the sample is missing"))));
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private Verdict examine(Secret token, ConnectContext context) {
        boolean isRight = settings.key().read().filter(token::matches).isPresent();
        // Once closed it has no thread any more, and answers all the same.
        CompletableFuture<Boolean> examined = worker.isShutdown()
                ? CompletableFuture.completedFuture(isRight)
                : CompletableFuture.supplyAsync(() -> isRight, worker);
        return examined.join()
                ? Verdict.identified(new Identity(Identity.TOKEN, "holder of the key"), context.requestedScopes())
                : Verdict.veto(VetoReason.of("KEY_WRONG", Effect.IDENTIFY, "wrong key"));
    }

    /** The beginning of a client's text, of whole and harmless characters. */
    static String tame(String text) {
        StringBuilder tame = new StringBuilder();
        text.codePoints()
                .filter(character -> Character.isLetterOrDigit(character)
                        || Character.getType(character) == Character.OTHER_SYMBOL
                        || ":/.-_ ".indexOf(character) >= 0)
                .limit(ECHO_MAX)
                .forEach(tame::appendCodePoint);
        return tame.toString();
    }
}
