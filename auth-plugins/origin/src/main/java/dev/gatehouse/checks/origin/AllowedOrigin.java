package dev.gatehouse.checks.origin;

import java.util.Optional;

/**
 * One entry of {@code allowed-origins}: an origin, or a pattern with one wildcard, which stands for one whole label at the
 * front of a name ({@code https://*.gateway.example}) or for the port ({@code http://localhost:*}). Immutable.
 */
sealed interface AllowedOrigin {

    /** Stands before the label that may be any. */
    String ANY_LABEL = "*.";

    /** Stands in place of the port. */
    String ANY_PORT = ":*";

    /** Whether pages of an origin are meant. */
    boolean matches(Origin origin);

    /** The entry in the one form in which it may be written. */
    String text();

    /**
     * Reads an entry, in any case and with its scheme's own port or without.
     *
     * @return the entry, or empty when {@link #problem} has something to say
     */
    static Optional<AllowedOrigin> parse(String given) {
        if (given.endsWith(ANY_PORT)) {
            return Origin.parse(withoutEnd(given))
                    .filter(origin -> origin.authority().equals(origin.host()))
                    .map(OfAnyPort::new);
        }
        int wildcard = given.indexOf("://" + ANY_LABEL);
        if (wildcard < 0) {
            return Origin.parse(given).map(Exactly::new);
        }
        String scheme = given.substring(0, wildcard + "://".length());
        return Origin.parse(scheme + given.substring(scheme.length() + ANY_LABEL.length()))
                .filter(AllowedOrigin::isNameOfTwoLabels)
                .map(OfAnyLabel::new);
    }

    /**
     * What is wrong with an entry, and what to write instead.
     *
     * @return a sentence for the operator; empty when nothing is wrong
     */
    static Optional<String> problem(String given) {
        Optional<String> exact = parse(given).map(AllowedOrigin::text);
        if (exact.isPresent()) {
            return exact.get().equals(given)
                    ? Optional.empty()
                    : Optional.of("'" + given + "' is not as browsers send it; write '" + exact.get() + "'");
        }
        if (given.equals("*")) {
            return Optional.of("'*' is not an origin; list each origin, or set insecure-allow-any-origin to true");
        }
        return Optional.of(
                given.indexOf('*') >= 0
                        ? "'" + given
                                + "' has a wildcard where none can be; write it for one whole label with at least two"
                                + " labels of a name after it, as in https://*.gateway.example, or for the port alone, as in"
                                + " http://localhost:*, and list every other origin as it is"
                        : "'" + given + "' is not an origin; write scheme://host[:port],"
                                + " such as https://gateway.example (names of other alphabets in their xn-- form)");
    }

    private static String withoutEnd(String given) {
        return given.substring(0, given.length() - ANY_PORT.length());
    }

    /** Directly under a top-level name anybody has pages, and what ends in a number is an address to browsers. */
    private static boolean isNameOfTwoLabels(Origin rest) {
        int dot = rest.host().lastIndexOf('.');
        return dot > 0
                && dot < rest.host().length() - 1
                && !Character.isDigit(rest.host().charAt(dot + 1))
                && LiteralAddress.parse(rest.host()).isEmpty();
    }

    /** Pages of one origin. */
    record Exactly(Origin origin) implements AllowedOrigin {

        @Override
        public boolean matches(Origin page) {
            return page.equals(origin);
        }

        @Override
        public String text() {
            return origin.text();
        }
    }

    /**
     * Pages whose name has one label more than this.
     *
     * @param rest the origin without the label and its dot
     */
    record OfAnyLabel(Origin rest) implements AllowedOrigin {

        @Override
        public boolean matches(Origin page) {
            int dot = page.authority().indexOf('.');
            return page.scheme().equals(rest.scheme())
                    && dot > 0
                    && page.authority().substring(dot + 1).equals(rest.authority());
        }

        @Override
        public String text() {
            return rest.scheme() + "://" + ANY_LABEL + rest.authority();
        }
    }

    /**
     * Pages of one host on any port.
     *
     * @param host an origin without a port
     */
    record OfAnyPort(Origin host) implements AllowedOrigin {

        @Override
        public boolean matches(Origin page) {
            return page.scheme().equals(host.scheme()) && page.host().equals(host.host());
        }

        @Override
        public String text() {
            return host.text() + ANY_PORT;
        }
    }
}
