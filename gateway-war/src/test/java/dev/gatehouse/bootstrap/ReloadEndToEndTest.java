package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.chain.ReloadReport;
import dev.gatehouse.config.Home;
import dev.gatehouse.plugin.PluginJar;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plugins and config that change while a whole gateway runs; only files are touched. */
class ReloadEndToEndTest {

    private static final List<Path> BUNDLED = FolderSight.jarsIn(Path.of("target", "plugins"));
    private static final String OPEN = "Verdict.pass()";
    private static final String CLOSED =
            "Verdict.veto(VetoReason.of(\"OFFICE_CLOSED\", VetoReason.Effect.COME_BACK_LATER, \"office is closed\"))";
    private static final String PATIENT = "check-deadline: 20s, chain-deadline: 30s";

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void home() throws IOException {
        home = new Home(folder.resolve("home"));
        Files.createDirectories(home.plugins());
    }

    @Test
    void jar_andTheLineThatNamesIt_areInForceByThemselves() throws IOException {
        configure("admission: {chain: [token], " + PATIENT + "}");
        try (Gateway gateway = start()) {
            assertThat(admits(gateway)).isTrue();

            drop("hours", CLOSED);
            Eventually.holds(
                    "the plugin is loaded",
                    () -> gateway.desk().checks().stream()
                            .anyMatch(check -> check.check().equals("hours")));
            assertThat(admits(gateway)).isTrue();
            configure("admission: {chain: [hours, token], " + PATIENT + "}");

            awaitChain(gateway, "hours", "token");
            assertThat(refusal(gateway)).contains("office is closed");
        }
    }

    @Test
    void jar_thatIsReplacedOrOverwritten_isInForceByItself() throws IOException {
        drop("hours", CLOSED);
        configure("admission: {chain: [hours, token], " + PATIENT + "}");
        try (Gateway gateway = start()) {
            assertThat(admits(gateway)).isFalse();

            drop("hours", OPEN);
            Eventually.holds("the replaced plugin decides", () -> admits(gateway));

            Files.copy(jar("hours", CLOSED), home.plugins().resolve("hours.jar"), StandardCopyOption.REPLACE_EXISTING);
            Eventually.holds("the overwritten plugin decides", () -> !admits(gateway));
        }
    }

    @Test
    void jar_thatTheChainNeeds_mayGoAwayWithoutLettingAnybodyIn() throws IOException {
        drop("hours", CLOSED);
        configure("admission: {chain: [hours, token], " + PATIENT + "}");
        try (Gateway gateway = start()) {
            Files.delete(home.plugins().resolve("hours.jar"));
            awaitRejection(gateway);

            assertThat(gateway.desk().lastReload().problems())
                    .singleElement()
                    .asString()
                    .startsWith("admission.chain: no loaded plugin provides 'hours' (loaded:");
            assertThat(refusal(gateway)).contains("office is closed");

            configure("admission: {chain: [token], " + PATIENT + "}");
            awaitChain(gateway, "token");
            assertThat(admits(gateway)).isTrue();
        }
    }

    @Test
    void plugin_thatIsBroken_leavesTheChainAndSaysSo() throws IOException {
        drop("hours", CLOSED);
        configure("admission: {chain: [hours, token], " + PATIENT + "}");
        try (Gateway gateway = start()) {
            Files.copy(
                    PluginJar.of("hours")
                            .withCheck("hours", OPEN)
                            .withoutIndex()
                            .in(newFolder()),
                    home.plugins().resolve("hours.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
            awaitRejection(gateway);

            assertThat(gateway.desk().lastReload().problems())
                    .anySatisfy(problem -> assertThat(problem).contains("hours.jar", "provides no check"));
            assertThat(refusal(gateway)).contains("office is closed");
        }
    }

    @Test
    void config_withMistakes_leavesTheChainAndTellsThemAll() throws IOException {
        configure("admission: {chain: [token], " + PATIENT + "}");
        try (Gateway gateway = start()) {
            configure("admission: {chain: [token, nobody], check-deadline: soon}\nchecks: {token: {colour: red}}\n");
            ReloadReport report = gateway.desk().reload();

            assertThat(report.inForce()).isFalse();
            assertThat(report.problems())
                    .anySatisfy(problem -> assertThat(problem).startsWith("admission.check-deadline: 'soon'"));
            assertThat(gateway.chain().names()).containsExactly("token");
            assertThat(admits(gateway)).isTrue();
        }
    }

    @Test
    void areas_besideTheChain_areInForceAsWell() throws IOException {
        configure("admission: {chain: [token]}");
        try (Gateway gateway = start()) {
            configure("""
                    admission: {chain: [token]}
                    network: {trusted-proxies: [10.0.0.1]}
                    door: {handshake-timeout: 3s}
                    devices: {poll-every: 7s}
                    database: {url: 'jdbc:h2:mem:other'}
                    """);
            ReloadReport report = gateway.desk().reload();

            assertThat(report.inForce()).isTrue();
            assertThat(gateway.config().network().trustedProxies()).containsExactly("10.0.0.1");
            assertThat(gateway.gatekeeper().door().get().handshakeTimeout()).hasSeconds(3);
            assertThat(report.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("database: changed, which takes a restart");
        }
    }

    @Test
    void jar_thatIsHalfCopiedWhenTheGatewayStarts_isWaitedFor() throws Exception {
        byte[] whole = Files.readAllBytes(jar("hours", CLOSED));
        Path jar = Files.write(home.plugins().resolve("hours.jar"), Arrays.copyOf(whole, whole.length / 2));
        configure("admission: {chain: [hours, token], " + PATIENT + "}");

        CompletableFuture<Gateway> starting = CompletableFuture.supplyAsync(this::start);
        Files.write(jar, Arrays.copyOfRange(whole, whole.length / 2, whole.length), StandardOpenOption.APPEND);

        try (Gateway gateway = starting.get(1, TimeUnit.MINUTES)) {
            assertThat(refusal(gateway)).contains("office is closed");
        }
    }

    @Test
    void jar_thatWasLeftHalfCopied_failsTheStart() throws IOException {
        Path jar = Files.writeString(home.plugins().resolve("hours.jar"), "this is half of a jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        configure("admission: {chain: [token]}");

        assertThatThrownBy(this::start).isInstanceOf(StartupFailed.class).hasMessageContaining("hours.jar");
    }

    @Test
    void plugin_thatIsNotTrusted_isNotLoaded() throws IOException {
        configure("admission: {chain: [token]}\nplugins: {trust: []}\n");
        try (Gateway gateway = start()) {
            drop("hours", OPEN);
            ReloadReport report = gateway.desk().reload();

            assertThat(report.inForce()).isFalse();
            assertThat(report.problems()).singleElement().asString().contains("hours.jar", "plugins.trust", "sha256:");
            assertThat(gateway.desk().chain().reloads()).first().isEqualTo(report);
        }
    }

    @Test
    void pluginsFolder_thatTheConfigNames_isTheOneThatIsWatched() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        configure("admission: {chain: [token]}\nplugins: {folder: '" + other + "'}\n");
        try (Gateway gateway = start()) {
            Files.move(jar("hours", OPEN), other.resolve("hours.jar"));

            Eventually.holds(
                    "the plugin is loaded",
                    () -> gateway.desk().checks().stream()
                            .anyMatch(check -> check.check().equals("hours")));
        }
    }

    @Test
    void line_whoseDateHasPassed_isWarnedAbout() throws IOException {
        configure("admission: {chain: [{check: origin, mode: shadow, until: 2020-01-31}, token]}");

        try (Gateway gateway = start()) {
            assertThat(gateway.desk().lastReload().warnings())
                    .singleElement()
                    .asString()
                    .startsWith("admission.chain: 'origin' in mode shadow was to be looked at by 2020-01-31");
        }
    }

    @Test
    void check_inShadow_decidesNothingAndIsCounted() throws IOException {
        drop("hours", CLOSED);
        configure("admission: {chain: [{check: hours, mode: shadow}, token], " + PATIENT + "}");
        try (Gateway gateway = start()) {
            assertThat(admits(gateway)).isTrue();

            Eventually.holds(
                    "the shadow check is counted",
                    () -> gateway.desk().chain().checks().get(0).figures().orElseThrow().shadow().stream()
                            .anyMatch(shadow -> shadow.wouldHaveVetoed() == 1));
        }
    }

    @Test
    void gateway_thatIsClosed_leavesNoThreadOfThePlatform() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        configure("admission: {chain: [token]}");
        Gateway gateway = start();
        admits(gateway);
        gateway.desk().reload();

        gateway.close();

        Eventually.holds(
                "the threads end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .noneMatch(thread -> thread.getName().startsWith("gatehouse-")));
    }

    private Gateway start() {
        return Gateway.start(home, Map.of("GATEWAY_SECRET", GatewayFixture.SECRET), BUNDLED, Clock.systemUTC());
    }

    private void configure(String yaml) throws IOException {
        String checks = yaml.contains("checks:") ? "" : "\nchecks: {token: {token: 'env:GATEWAY_SECRET'}}\n";
        Path next = Files.writeString(folder.resolve("next.yaml"), yaml + checks);
        Files.move(next, home.config(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts a plugin into the folder in one move, in place of the one that is there. */
    private void drop(String name, String verdict) throws IOException {
        Files.move(
                jar(name, verdict),
                home.plugins().resolve(name + ".jar"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path jar(String name, String verdict) throws IOException {
        return PluginJar.of(name).withCheck(name, verdict).in(newFolder());
    }

    private Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "jar");
    }

    private static boolean admits(Gateway gateway) {
        return backend(gateway).read().path("ok").asBoolean();
    }

    private static String refusal(Gateway gateway) {
        return backend(gateway).read().at("/error/message").asText();
    }

    private static Peer backend(Gateway gateway) {
        Caller caller = Caller.of(ConnectFixture.backend().withToken(GatewayFixture.SECRET));
        return new Peer(gateway.gatekeeper(), gateway.chain(), caller.facts()).connect(caller);
    }

    private static void awaitChain(Gateway gateway, String... names) {
        Eventually.holds(
                "the chain is " + List.of(names), () -> gateway.chain().names().equals(List.of(names)));
    }

    private static void awaitRejection(Gateway gateway) {
        Eventually.holds(
                "the change is rejected", () -> !gateway.desk().lastReload().inForce());
    }
}
