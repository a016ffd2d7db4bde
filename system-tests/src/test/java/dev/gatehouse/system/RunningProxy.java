package dev.gatehouse.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A proxy of the tests, ended by its own id. */
record RunningProxy(ProxyConfig config, int port, OwnProcess process) implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);

    /** Starts what is in a folder, and waits until it listens. */
    static RunningProxy start(ProxyConfig config, int port, Path folder) {
        OwnProcess process = OwnProcess.start(
                config.proxy().command(folder),
                Map.of("HOME", folder.toString(), "XDG_DATA_HOME", folder.toString()),
                folder.resolve("log"));
        RunningProxy proxy = new RunningProxy(config, port, process);
        if (Await.until(START, () -> !process.isAlive() || listens(port)) && process.isAlive()) {
            return proxy;
        }
        proxy.close();
        throw new IllegalStateException(
                config.proxy().label() + " does not listen on " + port + "\n" + TextFile.tail(process.log()));
    }

    /** How the table names it. */
    String label() {
        String name = config.proxy().label();
        return config.name().isEmpty() ? name : name + ", " + config.name();
    }

    @Override
    public void close() {
        process.close();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
