package dev.gatehouse.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFishException;
import org.glassfish.embeddable.GlassFishProperties;
import org.glassfish.embeddable.GlassFishRuntime;
import org.jspecify.annotations.Nullable;

/** One GlassFish with the gateway at its root; started once, stopped once, also from another thread. */
final class EmbeddedServer {

    private static final Logger LOG = Logger.getLogger(EmbeddedServer.class.getName());
    private static final String APPLICATION = "gatehouse";

    private final LaunchOptions options;
    private volatile @Nullable GlassFish glassFish;

    EmbeddedServer(LaunchOptions options) {
        this.options = options;
    }

    /**
     * Starts the server and deploys the WAR.
     *
     * @throws LaunchFailure if the port is taken, the server does not start, or the WAR does not deploy
     */
    void start() {
        requireFreePort();
        try {
            GlassFishProperties properties = new GlassFishProperties();
            properties.setConfigFile(domainConfiguration().toFile());
            GlassFish started = GlassFishRuntime.bootstrap().newGlassFish(properties);
            glassFish = started;
            started.start();
            deploy(started);
        } catch (GlassFishException e) {
            throw new LaunchFailure("the gateway did not start on the embedded server", e);
        }
    }

    private void deploy(GlassFish server) throws GlassFishException {
        String name = server.getDeployer().deploy(options.war().toUri(), "--name=" + APPLICATION, "--contextroot=/");
        if (name == null) {
            throw new LaunchFailure("the gateway did not start; the lines above say why");
        }
    }

    /** The server itself would only log a taken port and go on; asked first, the answer is one sentence. */
    private void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(options.host()), options.port()));
        } catch (IOException e) {
            throw new LaunchFailure("cannot listen on " + options.host() + ":" + options.port() + " (" + e.getMessage()
                    + "); choose another address with --host and --port");
        }
    }

    /** The server reads its configuration from a file, never from within a jar. */
    private static Path domainConfiguration() {
        try (InputStream resource = EmbeddedServer.class.getResourceAsStream("domain.xml")) {
            Path file = Files.createTempFile("gatehouse-domain", ".xml");
            file.toFile().deleteOnExit();
            Files.copy(Objects.requireNonNull(resource), file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new LaunchFailure("cannot write to the folder for temporary files", e);
        }
    }

    /** Stops the server, as far as it came; a failure is logged, since nobody can act on it any more. */
    void stop() {
        GlassFish running = glassFish;
        if (running == null) {
            return;
        }
        try {
            // The gateway first, so that it says good-bye to its clients while everything under it still works.
            running.getDeployer().undeploy(APPLICATION);
            running.dispose();
        } catch (GlassFishException e) {
            LOG.log(Level.WARNING, "the embedded server did not stop cleanly", e);
        }
    }
}
