package dev.gatehouse.forwarded;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reading of the headers that proxies write, made of regular expressions and sets of texts alone: nothing of it is
 * shared with the first. An address is a text of hex digits, or {@code ?} for a party that is hidden.
 */
final class SecondReader {

    private static final String WS = "[ \\t]*";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED =
            "\"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*\"";
    private static final String PAIR = TOKEN + "=(?:" + TOKEN + "|" + QUOTED + ")";
    private static final String ELEMENT = PAIR + "(?:" + WS + ";" + WS + PAIR + ")*";
    private static final Pattern HEADER = Pattern.compile(ELEMENT + "(?:" + WS + "," + WS + ELEMENT + ")*");
    private static final Pattern PAIRS =
            Pattern.compile("(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + ")" + WS + "([;,]?)");

    private static final String OCTET = "(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern HOST =
            Pattern.compile("(?i)(?:[a-z0-9_][a-z0-9._-]{0,252}|\\[[0-9a-f.]*:[0-9a-f:.]{1,44}\\])(?::([0-9]{1,5}))?");
    private static final Pattern HIDDEN = Pattern.compile("(?i)unknown|_[a-z0-9._-]{1,64}");

    private SecondReader() {}

    /** The parties that a whole {@code Forwarded} header names, or empty when it cannot be read. */
    static Optional<List<String>> forwarded(String header) {
        if (header.length() > 4096 || !HEADER.matcher(header).matches()) {
            return Optional.empty();
        }
        List<String> parties = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Optional<String> party = Optional.empty();
        Matcher pairs = PAIRS.matcher(header);
        while (pairs.find()) {
            String name = pairs.group(1).toLowerCase(Locale.ROOT);
            String value = unquoted(pairs.group(2));
            if (names.contains(name) || !isUsable(name, value)) {
                return Optional.empty();
            }
            names.add(name);
            party = name.equals("for") ? node(value, false) : party;
            if (!pairs.group(3).equals(";")) {
                if (party.isEmpty()) {
                    return Optional.empty();
                }
                parties.add(party.get());
                party = Optional.empty();
                names.clear();
            }
        }
        return parties.size() > 20 ? Optional.empty() : Optional.of(parties);
    }

    /** The parties that a whole {@code X-Forwarded-For} header names, or empty when it cannot be read. */
    static Optional<List<String>> xForwardedFor(String header) {
        if (header.length() > 4096) {
            return Optional.empty();
        }
        List<Optional<String>> parties = Arrays.stream(header.split(",", -1))
                .map(item -> node(item.strip(), true))
                .toList();
        return parties.size() > 20 || parties.contains(Optional.<String>empty())
                ? Optional.empty()
                : Optional.of(parties.stream().map(Optional::orElseThrow).toList());
    }

    /** The client: the last party that is not trusted; empty when there is none, or it is hidden or unusable. */
    static Optional<String> client(List<String> parties, Set<String> trusted) {
        List<String> left = new ArrayList<>(parties);
        while (!left.isEmpty() && trusted.contains(left.get(left.size() - 1))) {
            left.remove(left.size() - 1);
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(left.get(left.size() - 1)).filter(SecondReader::isClient);
    }

    private static boolean isClient(String party) {
        return !party.matches("\\?|7f.{6}|0{31}1|0+|e.{7}|ff.{30}");
    }

    private static boolean isUsable(String name, String value) {
        return switch (name) {
            case "for", "by" -> node(value, false).isPresent();
            case "proto" -> value.matches("(?i)https?|wss?");
            case "host" -> {
                Matcher parts = HOST.matcher(value);
                yield parts.matches()
                        && (parts.group(1) == null || (isPort(parts.group(1)) && Integer.parseInt(parts.group(1)) > 0));
            }
            default -> true;
        };
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("(?s)\\\\(.)", "$1") : value;
    }

    private static Optional<String> node(String text, boolean isBareAllowed) {
        if (isBareAllowed && HIDDEN.matcher(text).matches()) {
            return Optional.of("?");
        }
        Optional<String> bare = isBareAllowed ? ipv6(withoutZone(text)) : Optional.empty();
        if (bare.isPresent()) {
            return bare;
        }
        String port = isBareAllowed ? "[0-9]{1,5}" : "[0-9]{1,5}|_[A-Za-z0-9._-]{1,64}";
        Matcher parts =
                Pattern.compile("(\\[.*]|[^\\[\\]:]*)(?::(" + port + "))?").matcher(text);
        if (!parts.matches() || (parts.group(2) != null && !isPort(parts.group(2)))) {
            return Optional.empty();
        }
        String name = parts.group(1);
        if (!isBareAllowed && HIDDEN.matcher(name).matches()) {
            return Optional.of("?");
        }
        return name.startsWith("[") ? ipv6(withoutZone(name.substring(1, name.length() - 1))) : ipv4(name);
    }

    private static boolean isPort(String port) {
        return port.startsWith("_") || Integer.parseInt(port) <= 65_535;
    }

    private static String withoutZone(String text) {
        return text.replaceFirst("%[A-Za-z0-9._-]{1,32}$", "");
    }

    private static Optional<String> ipv4(String text) {
        return IPV4.matcher(text).matches()
                ? Optional.of(String.format(
                        "%08x",
                        Arrays.stream(text.split("\\."))
                                .mapToLong(Long::parseLong)
                                .reduce(0, (sum, octet) -> (sum << Byte.SIZE) | octet)))
                : Optional.empty();
    }

    /** By RFC 4291 section 2.2: groups, one run of zeros, and perhaps an IPv4 address at the end. */
    private static Optional<String> ipv6(String text) {
        if (!text.matches("[0-9A-Fa-f:.]{2,45}") || text.indexOf(':') < 0) {
            return Optional.empty();
        }
        String[] halves = text.split("::", -1);
        if (halves.length > 2) {
            return Optional.empty();
        }
        Optional<String> left = groups(halves[0], halves.length == 1);
        Optional<String> right = halves.length == 2 ? groups(halves[1], true) : Optional.of("");
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        int zeros = 32 - left.get().length() - right.get().length();
        if (halves.length == 1 ? zeros != 0 : zeros < 4) {
            return Optional.empty();
        }
        String whole = left.get() + "0".repeat(zeros) + right.get();
        BigInteger number = new BigInteger(whole, 16);
        return Optional.of(number.shiftRight(32).equals(BigInteger.valueOf(0xffff)) ? whole.substring(24) : whole);
    }

    private static Optional<String> groups(String text, boolean mayEndWithIpv4) {
        if (text.isEmpty()) {
            return Optional.of("");
        }
        StringBuilder hex = new StringBuilder();
        String[] groups = text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            Optional<String> ipv4 = mayEndWithIpv4 && i == groups.length - 1 ? ipv4(groups[i]) : Optional.empty();
            if (ipv4.isPresent()) {
                hex.append(ipv4.get());
            } else if (groups[i].matches("[0-9A-Fa-f]{1,4}")) {
                hex.append("0".repeat(4 - groups[i].length())).append(groups[i].toLowerCase(Locale.ROOT));
            } else {
                return Optional.empty();
            }
        }
        return hex.length() > 32 ? Optional.empty() : Optional.of(hex.toString());
    }
}
