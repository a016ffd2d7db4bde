package dev.gatehouse.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A running server with the gateway on it, on loopback, with a home of its own. */
interface Server extends AutoCloseable {

    /** What every server of the tests is told, so that silence is answered while a test can wait for it. */
    Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);

    /** More sockets than a test opens: its clients share one address. */
    String UNADMITTED = "2000";

    int port();

    /** The gateway's home folder. */
    Path home();

    /** Everything that the server has logged so far. */
    String log();

    /** Ends the server; never fails. */
    @Override
    void close();

    default String gatewayToken() {
        return TextFile.read(home().resolve("secrets/gateway-token")).strip();
    }

    default String apiKey() {
        return TextFile.read(home().resolve("secrets/api-key")).strip();
    }

    default URI http(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    default String webSocket() {
        return "ws://127.0.0.1:" + port() + "/";
    }

    /** Returns the server once the gateway says that it is up, or ends it and says why it is not. */
    static <S extends Server> S awaitReady(S server, Duration limit, BooleanSupplier isAlive) {
        boolean isReady = Await.until(limit, () -> !isAlive.getAsBoolean() || isUp(server));
        if (isReady && isAlive.getAsBoolean()) {
            return server;
        }
        server.close();
        String log = server.log();
        throw new IllegalStateException("the gateway is not up after " + limit + "; end of the log:\n"
                + log.substring(Math.max(0, log.length() - 8_000)));
    }

    private static boolean isUp(Server server) {
        HttpRequest request = HttpRequest.newBuilder(server.http("/api/v1/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
