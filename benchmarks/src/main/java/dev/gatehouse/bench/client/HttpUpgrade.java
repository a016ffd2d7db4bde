package dev.gatehouse.bench.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The HTTP exchange that turns a TCP connection into a WebSocket. */
final class HttpUpgrade {

    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Endpoint endpoint;
    private final String key;

    HttpUpgrade(Endpoint endpoint) {
        this.endpoint = endpoint;
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random); // the key guards against caches, not against attackers
        this.key = Base64.getEncoder().encodeToString(random);
    }

    ByteBuffer request() {
        return StandardCharsets.US_ASCII.encode("GET " + endpoint.path() + " HTTP/1.1\r\n"
                + "Host: " + endpoint.host() + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n");
    }

    /** Examines the response's head, from the status line to the last header. */
    void verify(String head) throws HandshakeFailed {
        String statusLine = head.lines().findFirst().orElse("");
        if (!statusLine.startsWith("HTTP/1.1 101")) {
            throw new HandshakeFailed("http " + statusLine.replaceFirst("^HTTP/\\S+ (\\d+).*", "$1"));
        }
        boolean accepted = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:"))
                .anyMatch(line -> line.substring(line.indexOf(':') + 1).strip().equals(acceptOf(key)));
        if (!accepted) {
            throw new HandshakeFailed("http 101 with a wrong Sec-WebSocket-Accept");
        }
    }

    static String acceptOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
