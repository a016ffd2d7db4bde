package dev.gatehouse.management;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller says in {@code If-Match} or {@code If-None-Match} (RFC 9110, 13.1): a list of entity tags, or {@code *}. A
 * tag that is malformed is none, so that it fails {@code If-Match}.
 *
 * @param isAny whether everything that exists is meant
 * @param strong the strong tags, in their quotes
 * @param weak the weak tags, in their quotes, without the mark that makes them weak
 */
record TagList(boolean isAny, Set<String> strong, Set<String> weak) {

    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")");

    static TagList of(List<String> lines) {
        String text = String.join(",", lines);
        Set<String> strong = new HashSet<>();
        Set<String> weak = new HashSet<>();
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            (tags.group(1) == null ? strong : weak).add(tags.group(2));
        }
        return new TagList(text.strip().equals("*"), strong, weak);
    }

    /** Whether the tag is among them by strong comparison, as a change needs it. */
    boolean holds(Tag tag) {
        return isAny || strong.contains(tag.text());
    }

    /** Whether the tag is among them by weak comparison, as a read needs it. */
    boolean holdsWeakly(Tag tag) {
        return holds(tag) || weak.contains(tag.text());
    }
}
