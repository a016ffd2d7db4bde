package dev.gatehouse.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.refusal.Seen;
import dev.gatehouse.refusal.VisibleText;
import dev.gatehouse.spi.UpgradeContext;

/**
 * How the gateway sees whoever asks. Holds nothing that they did not send, and no credential.
 *
 * @param peer the address at the other end of the TCP connection
 * @param address the address that they count as
 * @param local whether they count as being on the gateway's machine
 * @param localWhy what led to that
 * @param secure whether a page of theirs counts as a secure context
 * @param secureWhy what led to that
 * @param scheme {@code http} or {@code https}, as they spoke it
 * @param host the {@code Host} header
 * @param origin the {@code Origin} header
 * @param hops the stations that the request says it came through, the peer last, and what the gateway makes of each
 * @param forwarded what proxies on the way added, as it came
 * @param credentials the headers with credentials that came, by name alone
 * @param refused why a WebSocket of theirs is refused with HTTP 403 before any check is asked; the line of config that
 *     would make it right names other proxies, and is therefore in the log and the refusal only
 */
record WhoamiView(
        String peer,
        String address,
        boolean local,
        String localWhy,
        boolean secure,
        String secureWhy,
        String scheme,
        Optional<String> host,
        Optional<String> origin,
        List<RefusalView.HopView> hops,
        List<Header> forwarded,
        List<String> credentials,
        Optional<String> refused) {

    private static final String MASKED = "***";
    private static final int HEADERS_MAX = 32;
    private static final int TEXT_MAX = 300;
    private static final Pattern FORWARDED = Pattern.compile("forwarded|via|x-real-ip|(x-forwarded|tailscale)-.*");
    private static final Pattern CREDENTIAL = Pattern.compile("authorization|proxy-authorization|cookie|.*api-?key.*");
    private static final Pattern SOUNDS_SECRET =
            Pattern.compile("auth|token|secret|password|cookie|key|jwt|assertion|session|credential");
    private static final Pattern SCHEME = Pattern.compile("(?i)^\\s*(bearer|basic|digest|negotiate)\\s.*");
    private static final Pattern QUERY = Pattern.compile("(?s)\\?.*");

    /** A header as it came, its credentials masked. */
    record Header(String name, String value) {}

    static WhoamiView of(SeenCaller caller) {
        UpgradeContext facts = caller.facts();
        Seen seen = Seen.of(facts, Optional.empty());
        return new WhoamiView(
                seen.peer(),
                seen.address(),
                seen.local(),
                seen.locality(),
                facts.transport() != UpgradeContext.Transport.PLAIN,
                secureWhy(facts),
                seen.scheme(),
                seen.host(),
                seen.origin(),
                seen.hops().stream().map(RefusalView.HopView::of).toList(),
                forwarded(facts.headers()),
                credentials(facts.headers()),
                caller.refused().map(why -> VisibleText.cut(why, TEXT_MAX)));
    }

    private static String secureWhy(UpgradeContext facts) {
        return switch (facts.transport()) {
            case TLS -> "TLS ends at this server";
            case TLS_AT_PROXY -> "TLS ends at a proxy that the gateway trusts";
            case LOOPBACK -> "plain HTTP, but on this machine";
            case PLAIN -> "plain HTTP from another machine; use TLS, or a tunnel to localhost";
        };
    }

    private static List<Header> forwarded(Map<String, List<String>> headers) {
        List<Header> shown = new ArrayList<>();
        headers.forEach((name, values) -> {
            if (FORWARDED.matcher(name).matches()) {
                values.stream()
                        .limit(HEADERS_MAX - (long) shown.size())
                        .forEach(value -> shown.add(new Header(VisibleText.cut(name, TEXT_MAX), masked(name, value))));
            }
        });
        return List.copyOf(shown);
    }

    private static String masked(String name, String value) {
        boolean isSecret = SOUNDS_SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()
                || SCHEME.matcher(value).matches();
        return isSecret ? MASKED : VisibleText.cut(QUERY.matcher(value).replaceFirst("?" + MASKED), TEXT_MAX);
    }

    private static List<String> credentials(Map<String, List<String>> headers) {
        return headers.keySet().stream()
                .filter(CREDENTIAL.asMatchPredicate())
                .limit(HEADERS_MAX)
                .map(name -> VisibleText.cut(name, TEXT_MAX))
                .toList();
    }
}
