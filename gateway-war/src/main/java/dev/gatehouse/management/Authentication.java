package dev.gatehouse.management;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.gatehouse.console.ConsoleSession;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a call of the API: by an API key, or by the console's cookie, which stands for the key that its
 * operator signed in with and counts for the gateway's own pages only.
 *
 * @param keys the keys of the gateway
 * @param consoleSessions the browsers that are signed in
 */
record Authentication(ApiKeys keys, ConsoleSessions consoleSessions) {

    static final String CHALLENGE = "Bearer realm=\"gatehouse\"";

    private static final String SCHEME = "Bearer ";

    /** What is known of a caller. */
    sealed interface Outcome {}

    /**
     * The caller may call.
     *
     * @param key the key that the call is made with
     * @param isStillGood asks again, for calls that last
     */
    record Good(ApiKey key, BooleanSupplier isStillGood) implements Outcome {}

    /**
     * The caller may not call.
     *
     * @param problem why
     * @param isForWantOfAKey whether an API key would help, so that the answer asks for one
     */
    record Refused(Problem problem, boolean isForWantOfAKey) implements Outcome {}

    /**
     * Examines a call.
     *
     * @param method its HTTP method
     * @param header gives its headers by name
     * @param cookie the console's cookie
     */
    Outcome examine(String method, Function<String, @Nullable String> header, Optional<String> cookie) {
        Optional<Secret> presented = bearer(header.apply("Authorization"));
        if (presented.isPresent()) {
            return byKey(presented.get());
        }
        return cookie.map(value -> byCookie(BrowserCall.of(method, header), Secret.of(value)))
                .orElseGet(() -> wanting("send an API key: 'Authorization: Bearer gk_...'"));
    }

    /** The API key in an {@code Authorization} header. */
    static Optional<Secret> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> Secret.of(header.substring(SCHEME.length()).strip()));
    }

    private Outcome byKey(Secret presented) {
        return keys.verify(presented)
                .<Outcome>map(key -> new Good(key, () -> keys.verify(presented).isPresent()))
                .orElseGet(() -> wanting("the API key is not one of this gateway; make a new one"));
    }

    private Outcome byCookie(BrowserCall call, Secret cookie) {
        Optional<ConsoleSession> session = consoleSessions.find(cookie);
        if (session.isEmpty()) {
            return new Refused(Problem.signedOut(), false);
        }
        return call.objection(session.get())
                .<Outcome>map(problem -> new Refused(problem, false))
                .orElseGet(() -> new Good(
                        session.get().key(), () -> consoleSessions.find(cookie).isPresent()));
    }

    private static Outcome wanting(String detail) {
        return new Refused(Problem.unauthorized(detail), true);
    }
}
