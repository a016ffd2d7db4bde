package dev.gatehouse.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Starts the gateway on GlassFish Embedded and keeps it up until the process is told to end.
 *
 * <p>The process ends with 1 when the gateway could not be started, and otherwise as the JVM does on a signal (143 after
 * SIGTERM), within five seconds.
 */
public final class Launcher {

    private static final long STOP_MILLIS = 4_500;

    private Launcher() {}

    /**
     * Runs the gateway; returns only by ending the process.
     *
     * @param arguments as {@code LaunchOptions.USAGE} says
     */
    public static void main(String[] arguments) throws InterruptedException {
        configureLogging();
        KnownNoise.silence();
        Logger log = Logger.getLogger(Launcher.class.getName());
        try {
            start(LaunchOptions.parse(List.of(arguments), System.getenv()), log);
        } catch (LaunchFailure e) {
            log.log(Level.SEVERE, e.getMessage(), e.getCause());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private static void start(LaunchOptions options, Logger log) {
        System.setProperty("gatehouse.listen.host", options.host());
        System.setProperty("gatehouse.listen.port", Integer.toString(options.port()));
        // GlassFish then sends no Server header, which would name a product and a version that mean nothing here.
        System.setProperty("product.name", "");
        EmbeddedServer server = new EmbeddedServer(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, log), "gatehouse-stop"));
        server.start();
    }

    private static void stop(EmbeddedServer server, Logger log) {
        Thread stopping = new Thread(server::stop, "gatehouse-server-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            log.warning("the server did not stop in time; ending the process all the same");
            Runtime.getRuntime().halt(1);
        }
    }

    /** Takes our logging configuration unless the command line names another. */
    private static void configureLogging() {
        // Named, not called: a call would load the JDK's log manager before it can be told which one to be.
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream configuration = Launcher.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException("the launcher's jar is damaged: logging.properties", e);
        }
    }
}
