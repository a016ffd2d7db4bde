package dev.gatehouse.device;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The form in which a {@link NodeSurface} is stored: names joined by blanks, which no name has in it. */
final class SurfaceText {

    private static final String BLANK = " ";
    private static final char IS = '=';

    private SurfaceText() {}

    static String join(Collection<String> names) {
        return String.join(BLANK, names);
    }

    static String join(Map<String, Boolean> permissions) {
        return permissions.entrySet().stream()
                .map(entry -> entry.getKey() + IS + entry.getValue())
                .collect(Collectors.joining(BLANK));
    }

    static NavigableSet<String> names(String text) {
        NavigableSet<String> names = new TreeSet<>();
        if (!text.isEmpty()) {
            names.addAll(Arrays.asList(text.split(BLANK, -1)));
        }
        return names;
    }

    static NavigableMap<String, Boolean> permissions(String text) {
        NavigableMap<String, Boolean> permissions = new TreeMap<>();
        for (String entry : names(text)) {
            int split = entry.indexOf(IS);
            permissions.put(entry.substring(0, split), Boolean.parseBoolean(entry.substring(split + 1)));
        }
        return permissions;
    }
}
