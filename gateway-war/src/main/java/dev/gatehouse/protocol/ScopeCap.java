package dev.gatehouse.protocol;

import java.util.List;
import java.util.stream.Stream;

import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.UpgradeContext;

/**
 * What the header {@code X-OpenClaw-Scopes} leaves of the scopes of a session, whatever it rests on (wire reference 4.7):
 * those that it names letter for letter, and none when it is empty. The facts hold the header only if a trusted proxy sent
 * it. Stateless.
 */
final class ScopeCap {

    private static final String HEADER = "x-openclaw-scopes";

    private ScopeCap() {}

    static Scopes of(UpgradeContext upgrade, Scopes requested) {
        List<String> lines = upgrade.headers().get(HEADER);
        if (lines == null) {
            return requested;
        }
        Scopes allowed = Scopes.of(
                lines.stream().flatMap(line -> Stream.of(line.split(",", -1))).toList());
        return Scopes.of(
                requested.asList().stream().filter(allowed.asList()::contains).toList());
    }
}
