package dev.gatehouse.system;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody sends besides.
 *
 * @param label the words for it
 * @param lines the headers, a line each; one that begins with {@code Host:} replaces the usual host
 */
record Sent(String label, List<String> lines) {

    static final Sent NOTHING = new Sent("nothing", List.of());

    /** Everything that a proxy may say and a client may not. */
    static final Sent EVERYTHING = new Sent(
            "every header of a proxy, forged",
            List.of(
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-For: 203.0.113.66",
                    "X-Forwarded-Proto: http",
                    "X-Forwarded-Host: localhost",
                    "X-Forwarded-Port: 80",
                    "X-Real-IP: 127.0.0.1",
                    "Forwarded: for=127.0.0.1;proto=http;host=localhost",
                    "X-OpenClaw-Scopes: operator.none",
                    "X_OpenClaw_Scopes: operator.none",
                    "Tailscale-User-Login: owner@example.com"));

    private static final String HOST = "Host: ";

    static Sent of(String... lines) {
        return new Sent(
                List.of(lines).stream().map(line -> "`" + line + "`").collect(Collectors.joining(", ")),
                List.of(lines));
    }

    /** The host that is asked for. */
    String host(String usual) {
        return lines.stream()
                .filter(line -> line.startsWith(HOST))
                .findFirst()
                .map(line -> line.substring(HOST.length()))
                .orElse(usual);
    }

    /** The other headers. */
    List<String> others() {
        return lines.stream().filter(line -> !line.startsWith(HOST)).toList();
    }
}
