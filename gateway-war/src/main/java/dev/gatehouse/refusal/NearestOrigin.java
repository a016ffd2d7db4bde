package dev.gatehouse.refusal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configured origin that somebody probably meant, and what is different about the one that came.
 *
 * @param origin the configured one
 * @param difference in words, such as {@code port missing}
 */
record NearestOrigin(String origin, String difference) {

    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>\\[[0-9a-f:.]+]|[a-z0-9_][a-z0-9_.-]*)(?::(?<port>[0-9]{1,5}))?/?");

    private static final String ANY_LABEL = "://*.";
    private static final String ANY_PORT = ":*";

    /** A host that differs in more letters is another host. */
    private static final int TYPOS_MAX = 2;

    private record Parts(String text, String scheme, String host, String port) {

        static Optional<Parts> parse(String text) {
            Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
            return matcher.matches()
                    ? Optional.of(new Parts(
                            text,
                            matcher.group("scheme"),
                            matcher.group("host"),
                            Optional.ofNullable(matcher.group("port")).orElse("")))
                    : Optional.empty();
        }
    }

    private record Candidate(Parts parts, int distance) {}

    /** Whether an origin is one of those that are configured, or one that the wildcard of an entry stands for. */
    static boolean isAllowed(String origin, List<String> configured) {
        return Parts.parse(origin)
                .filter(page -> configured.stream()
                        .flatMap(entry -> meant(entry, page).stream())
                        .anyMatch(entry -> written(entry).equals(written(page))))
                .isPresent();
    }

    /** The form in which an origin may stand in the config; empty for what is no origin of a page. */
    static Optional<String> written(String header) {
        return Parts.parse(header).map(NearestOrigin::written);
    }

    private static String written(Parts parts) {
        return parts.scheme() + "://" + parts.host() + (isOwnPort(parts) ? "" : ":" + parts.port());
    }

    /**
     * Finds the nearest one.
     *
     * @param sent the origin that came
     * @param configured those that are allowed
     * @return the nearest, or empty when none is near
     */
    static Optional<NearestOrigin> of(String sent, List<String> configured) {
        return Parts.parse(sent)
                .flatMap(page -> configured.stream()
                        .flatMap(text -> meant(text, page).stream())
                        .map(parts -> new Candidate(parts, distance(page.host(), parts.host())))
                        .filter(candidate -> candidate.distance() <= TYPOS_MAX
                                || isOneWithoutWww(
                                        page.host(), candidate.parts().host()))
                        .min(Comparator.comparingInt(candidate -> 4 * candidate.distance()
                                + (candidate.parts().scheme().equals(page.scheme()) ? 0 : 1)
                                + (candidate.parts().port().equals(page.port()) ? 0 : 1)))
                        .map(candidate ->
                                new NearestOrigin(candidate.parts().text(), difference(page, candidate.parts()))));
    }

    /** What an entry is for a page: with the page's own label or port where it has a wildcard, which stands for one. */
    private static Optional<Parts> meant(String entry, Parts page) {
        if (entry.endsWith(ANY_PORT)) {
            String host = entry.substring(0, entry.length() - ANY_PORT.length());
            return Parts.parse(page.port().isEmpty() ? host : host + ":" + page.port());
        }
        int dot = page.host().indexOf('.');
        if (!entry.contains(ANY_LABEL)) {
            return Parts.parse(entry);
        }
        return dot < 1
                ? Optional.empty()
                : Parts.parse(entry.replace(ANY_LABEL, "://" + page.host().substring(0, dot + 1)))
                        .filter(filled -> labels(filled) == labels(page));
    }

    private static long labels(Parts parts) {
        return parts.host().chars().filter(character -> character == '.').count();
    }

    private static String difference(Parts page, Parts configured) {
        List<String> differences = new ArrayList<>();
        if (!page.scheme().equals(configured.scheme())) {
            differences.add(page.scheme() + " instead of " + configured.scheme());
        }
        if (!page.host().equals(configured.host())) {
            differences.add("host '" + page.host() + "' instead of '" + configured.host() + "'");
        }
        if (!page.port().equals(configured.port())) {
            differences.add(portDifference(page.port(), configured.port()));
        }
        return differences.isEmpty() ? "the same; it is allowed by now" : String.join(", ", differences);
    }

    private static String portDifference(String page, String configured) {
        if (page.isEmpty()) {
            return "port missing: the configured one has " + configured;
        }
        return configured.isEmpty()
                ? "port " + page + " missing in the configured one"
                : "port " + page + " instead of " + configured;
    }

    private static boolean isOneWithoutWww(String one, String other) {
        return one.equals("www." + other) || other.equals("www." + one);
    }

    private static boolean isOwnPort(Parts parts) {
        return parts.port().isEmpty()
                || (parts.scheme().equals("https") && parts.port().equals("443"))
                || (parts.scheme().equals("http") && parts.port().equals("80"));
    }

    /** How many letters one must add, leave out or change to get the other (Levenshtein); hosts are short. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
