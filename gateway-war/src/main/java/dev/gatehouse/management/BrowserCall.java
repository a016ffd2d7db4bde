package dev.gatehouse.management;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.gatehouse.console.ConsoleSession;
import dev.gatehouse.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A call that a browser sends its cookie with, and what tells whether a page of the gateway made it. No page can forge
 * {@code Sec-Fetch-Site} or {@code Origin}. The first is believed where there is one, because a proxy may hide the host
 * that the browser sees; browsers leave it out where there is no TLS, and {@code Origin} in reads.
 *
 * @param method the HTTP method
 * @param fetchSite how the page that calls and the gateway are related (Fetch Metadata)
 * @param origin the page that calls
 * @param host the gateway, as the browser names it
 * @param csrf what only a page of the gateway can know
 */
record BrowserCall(
        String method,
        Optional<String> fetchSite,
        Optional<String> origin,
        Optional<String> host,
        Optional<Secret> csrf) {

    /** Carries the CSRF token. */
    static final String CSRF_HEADER = "X-Gatehouse-Csrf";

    private static final Set<String> READING = Set.of("GET", "HEAD");

    static BrowserCall of(String method, Function<String, @Nullable String> header) {
        return new BrowserCall(
                method,
                Optional.ofNullable(header.apply("Sec-Fetch-Site")),
                Optional.ofNullable(header.apply("Origin")),
                Optional.ofNullable(header.apply("Host")),
                Optional.ofNullable(header.apply(CSRF_HEADER)).map(Secret::of));
    }

    /** What is wrong with a call of a browser that is signed in. */
    Optional<Problem> objection(ConsoleSession session) {
        if (!isFromTheGateway()) {
            return Optional.of(Problem.crossSite());
        }
        if (!isReading() && csrf.filter(session.csrfToken()::matches).isEmpty()) {
            return Optional.of(Problem.csrf(CSRF_HEADER));
        }
        return Optional.empty();
    }

    /** Whether a page of the gateway calls, or, for reads, the person at the browser himself. */
    boolean isFromTheGateway() {
        if (fetchSite.isPresent()) {
            return fetchSite.get().equals("same-origin")
                    || (isReading() && fetchSite.get().equals("none"));
        }
        if (origin.isEmpty()) {
            return isReading();
        }
        return origin.flatMap(BrowserCall::authority)
                .filter(page -> host.map(BrowserCall::withoutDefaultPort)
                        .filter(page::equals)
                        .isPresent())
                .isPresent();
    }

    private boolean isReading() {
        return READING.contains(method);
    }

    /** Host and port; the scheme is left out, because the gateway may not know that a proxy speaks TLS for it. */
    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(new URI(origin).getRawAuthority()).map(BrowserCall::withoutDefaultPort);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String withoutDefaultPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
