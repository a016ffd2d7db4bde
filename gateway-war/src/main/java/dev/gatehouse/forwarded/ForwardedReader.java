package dev.gatehouse.forwarded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.UpgradeContext.Transport;

/**
 * Reads a {@code Forwarded} header by the grammar of RFC 7239 section 4, from left to right and once. White space around
 * commas and semicolons is read over, for there are proxies that write it; everything else is as strict as the RFC.
 */
final class ForwardedReader {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final int TAB = 0x09;
    private static final int TILDE = 0x7e;
    private static final int LATIN_1 = 0xff;
    private static final int OBS_TEXT = 0x80;

    private final String text;
    private int at;

    ForwardedReader(String text) {
        this.text = text;
    }

    /** Every element; at least one. */
    List<Station> stations() throws MalformedTrail {
        List<Station> stations = new ArrayList<>();
        do {
            stations.add(element());
        } while (takes(','));
        if (at < text.length()) {
            throw malformed("has characters that belong to nothing");
        }
        return List.copyOf(stations);
    }

    private Station element() throws MalformedTrail {
        Set<String> names = new HashSet<>();
        Optional<Node> node = Optional.empty();
        Optional<Transport> transport = Optional.empty();
        Optional<String> host = Optional.empty();
        do {
            String name = token().toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                throw malformed("says the same twice in one element");
            }
            require('=');
            String value = value();
            switch (name) {
                case "for" -> node = Optional.of(node(value));
                case "by" -> node(value);
                case "proto" -> transport = Optional.of(Trail.transport(Trail.FORWARDED, value));
                case "host" -> host = Optional.of(Trail.host(Trail.FORWARDED, value));
                default -> {} // an extension, which says nothing about who the client is
            }
        } while (takes(';'));
        return new Station(node.orElseThrow(() -> malformed("has an element without 'for'")), transport, host);
    }

    private Node node(String value) throws MalformedTrail {
        return Node.ofForwarded(value).orElseThrow(() -> malformed("names something that is not an address"));
    }

    private String value() throws MalformedTrail {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
    }

    private String token() throws MalformedTrail {
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed("lacks a name or a value");
        }
        return text.substring(start, at);
    }

    private String quoted() throws MalformedTrail {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at == text.length() || !isQuotable(text.charAt(at))) {
                throw malformed("has a character that no quoted text may have");
            }
            value.append(text.charAt(at));
            at++;
        }
        if (at == text.length()) {
            throw malformed("has a quotation that does not end");
        }
        at++;
        return value.toString();
    }

    /** Whether that character comes next, which is then read, and the white space around it. */
    private boolean takes(char separator) {
        int from = at;
        skipWhiteSpace();
        if (at < text.length() && text.charAt(at) == separator) {
            at++;
            skipWhiteSpace();
            return true;
        }
        at = from;
        return false;
    }

    private void require(char mark) throws MalformedTrail {
        if (at == text.length() || text.charAt(at) != mark) {
            throw malformed("lacks a '" + mark + "'");
        }
        at++;
    }

    private void skipWhiteSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == TAB)) {
            at++;
        }
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isQuotable(char c) {
        return c == TAB || (c >= ' ' && c <= TILDE) || (c >= OBS_TEXT && c <= LATIN_1);
    }

    private static MalformedTrail malformed(String what) {
        return new MalformedTrail(Trail.FORWARDED + " " + what);
    }
}
