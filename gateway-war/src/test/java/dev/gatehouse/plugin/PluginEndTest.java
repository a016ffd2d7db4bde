package dev.gatehouse.plugin;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.plugin.PluginGeneration.Patience;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.plugin.Loading.VETO;
import static dev.gatehouse.plugin.Loading.ask;
import static dev.gatehouse.plugin.Loading.await;
import static dev.gatehouse.plugin.Loading.isAlive;
import static dev.gatehouse.plugin.Loading.makeCheck;
import static org.assertj.core.api.Assertions.assertThat;

/** What is left of a plugin after its generation was closed: nothing. */
class PluginEndTest {

    private static final String FOR_EVER = "while (true) { }";

    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void makeStore() {
        loading = new Loading(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // that end when they are interrupted
                "new Thread(() -> { try { Thread.sleep(Long.MAX_VALUE); } catch (InterruptedException e) { } }, NAME)"
                        + ".start();",
                "Thread own = new Thread(NAME) { @Override public void run() { LockSupport.park(); } };"
                        + " own.setContextClassLoader(null); own.start();",
                // that do not
                "new Thread(() -> { while (true) { } }, NAME).start();",
                "new Thread(() -> { int i = 0; do { i++; } while (true); }, NAME).start();",
                "new Thread(() -> { for (int i = 0; ; i++) { switch (i) { case 3: continue; case 4: continue;"
                        + " default: } } }, NAME).start();",
                "new Thread(() -> { while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } } },"
                        + " NAME).start();",
                "new Thread(() -> { while (true) { try { Thread.sleep(1000); } catch (Exception e) { } } }, NAME)"
                        + ".start();",
                "Thread hidden = new Thread(() -> { while (true) { } }, NAME);"
                        + " hidden.setContextClassLoader(null); hidden.start();",
                "new Thread(() -> { try { while (true) { } } finally { new Thread(() -> { while (true) { } }, NAME)"
                        + ".start(); } }, NAME).start();",
                // of executors and timers, which take no notice
                "Executors.newFixedThreadPool(2, run -> new Thread(run, NAME)).execute(() -> { });",
                "Executors.newSingleThreadExecutor(run -> new Thread(run, NAME)).execute(() -> { });",
                "Executors.newScheduledThreadPool(1, run -> new Thread(run, NAME))"
                        + ".scheduleAtFixedRate(() -> { }, 0, 1, TimeUnit.MILLISECONDS);",
                "new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>(), run -> new Thread(run, NAME))"
                        + ".execute(() -> { });",
                "ExecutorService kept = new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS,"
                        + " System.nanoTime() == 0 ? new LinkedBlockingQueue<>(3) : new LinkedBlockingQueue<>(),"
                        + " run -> new Thread(run, NAME)) { }; kept.execute(() -> { });",
                "new Timer(NAME).schedule(new TimerTask() { public void run() { } }, 0, 1);",
                "new ScheduledThreadPoolExecutor(1, run -> new Thread(run, NAME)).execute(() -> { });"
            })
    void threads_thatAPluginStarted_endWithIt(String start) {
        Path jar = PluginJar.of("busy")
                .withSource("stranger.Busy", """
                        package stranger;
                        import java.util.*;
                        import java.util.concurrent.*;
                        import java.util.concurrent.locks.*;
                        class Busy {
                            static final String NAME = "busy-thread";
                            static { if (true) { %s } }
                            static void start() { }
                        }
                        """.formatted(start))
                .withFactory("""
                        static { Busy.start(); }
                        public String name() { return "busy"; }
                        public AdmissionCheck create(CheckSetup setup) { return new AdmissionCheck() {}; }
                        """)
                .in(folder);
        PluginGeneration plugins = loading.load(jar);
        await("the plugin's thread runs", () -> isAlive("busy-thread"));

        plugins.close();

        assertThat(plugins.leftovers()).isEmpty();
        assertThat(isAlive("busy-thread")).isFalse();
        loading.assertNothingStays();
    }

    @Test
    void check_thatNeverAnswers_endsWhenItsGenerationIsClosed() {
        Path jar = PluginJar.of("endless")
                .withSource(
                        "stranger.Endless",
                        "package stranger; class Endless { static boolean run() { " + FOR_EVER + " } }")
                .withCheck("endless", "Endless.run() ? Verdict.pass() : Verdict.pass()")
                .in(folder);
        PluginGeneration plugins = loading.load(jar);
        AdmissionCheck check = makeCheck(plugins, "endless");
        Thread asking = new Thread(() -> check.atConnect(ConnectFixture.cli().connect()), "asking");
        asking.setUncaughtExceptionHandler((thread, expected) -> {});
        asking.start();
        await(
                "the check runs",
                () -> List.of(asking.getStackTrace()).stream()
                        .anyMatch(frame -> frame.getClassName().equals("stranger.Endless")));

        plugins.close();

        await("the thread ends", () -> !asking.isAlive());
        assertThat(plugins.leftovers()).isEmpty();
    }

    @Test
    void thread_thatNothingEnds_isNamed() {
        Path jar = PluginJar.of("stuck").withFactory("""
                        static {
                            new Thread(() -> { synchronized (java.util.concurrent.TimeUnit.DAYS) { } }, "stuck-thread").start();
                        }
                        public String name() { return "stuck"; }
                        public AdmissionCheck create(CheckSetup setup) { return new AdmissionCheck() {}; }
                        """).in(folder);
        List<String> leftovers;
        synchronized (TimeUnit.DAYS) {
            PluginGeneration plugins = PluginGeneration.load(
                    List.of(),
                    List.of(jar),
                    PluginTrust.everything(),
                    new JarStore(folder.resolve("own")),
                    new Patience(Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofMillis(200)));
            await("the plugin's thread runs", () -> isAlive("stuck-thread"));
            plugins.close();
            leftovers = plugins.leftovers();
        }

        assertThat(leftovers).containsExactly("plugin 'stuck', thread 'stuck-thread'");
        await("the thread ends at last", () -> !isAlive("stuck-thread"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new IllegalStateException(\"no\");",
                "throw new StackOverflowError();",
                FOR_EVER,
                "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }"
            })
    void pluginClass_thatFailsToStop_keepsNoOther(String body) {
        Path bad = PluginJar.of("bad")
                .withPluginClass("@Override public void stop() { " + body + " }")
                .withCheck("bad", VETO)
                .in(folder);
        Path good = PluginJar.of("good")
                .withPluginClass("@Override public void stop() { System.setProperty(\"good.stopped\", \"yes\"); }")
                .withCheck("good", VETO)
                .in(folder);
        System.clearProperty("good.stopped");

        loading.impatiently().load(bad, good).close();

        assertThat(System.getProperty("good.stopped")).isEqualTo("yes");
        assertThat(isAlive("gatehouse-plugin-bad")).isFalse();
        loading.assertNothingStays();
    }

    @Test
    void classLoader_ofAClosedGeneration_isCollected() {
        Path jar = PluginJar.of("heavy")
                .withEntry("stranger/texts.properties", "greeting=hello")
                .withSource("stranger.Heavy", """
                        package stranger;
                        import java.util.*;
                        import java.util.concurrent.*;
                        public class Heavy {
                            static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
                            static final ExecutorService POOL = Executors.newCachedThreadPool();
                            static final Timer TIMER = new Timer("heavy-timer");
                            static void use() {
                                Runtime.getRuntime().addShutdownHook(new Thread(() -> POOL.shutdown()));
                                ResourceBundle.getBundle("stranger.texts").getString("greeting");
                                LOCAL.set(new Heavy());
                                POOL.execute(() -> { });
                                System.getLogger("heavy").log(System.Logger.Level.DEBUG, new Heavy());
                                try { throw new IllegalStateException("own"); } catch (IllegalStateException e) { }
                            }
                        }
                        """)
                .withSource("stranger.HeavyDriver", """
                        package stranger;
                        import java.sql.*;
                        public class HeavyDriver implements Driver {
                            static {
                                try { DriverManager.registerDriver(new HeavyDriver()); }
                                catch (SQLException e) { throw new IllegalStateException(e); }
                            }
                            public Connection connect(String url, java.util.Properties info) { return null; }
                            public boolean acceptsURL(String url) { return false; }
                            public DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) {
                                return new DriverPropertyInfo[0];
                            }
                            public int getMajorVersion() { return 1; }
                            public int getMinorVersion() { return 0; }
                            public boolean jdbcCompliant() { return false; }
                            public java.util.logging.Logger getParentLogger() { return null; }
                        }
                        """)
                .withPluginClass("@Override public void start() { Heavy.use(); new HeavyDriver(); }")
                .withCheck("heavy", VETO)
                .in(folder);

        WeakReference<ClassLoader> loader = useAndClose(jar);

        await("the class loader is collected", () -> {
            System.gc();
            return loader.get() == null;
        });
    }

    private WeakReference<ClassLoader> useAndClose(Path jar) {
        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(ask(plugins, "heavy")).isInstanceOf(Verdict.Veto.class);
            return new WeakReference<>(Loading.classLoader(plugins, "heavy"));
        }
    }

    @Test
    void generations_oneAfterTheOther_leaveNeitherThreadsNorOpenFiles() {
        Path jar = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);
        loading.load(jar).close();
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());

        for (int i = 0; i < 20; i++) {
            try (PluginGeneration plugins = loading.load(jar)) {
                assertThat(ask(plugins, "office-hours")).isInstanceOf(Verdict.Veto.class);
            }
        }

        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threads.contains(thread))
                        .map(Thread::getName))
                .noneMatch(name -> name.startsWith("gatehouse-plugin"));
        loading.assertNothingStays();
    }
}
