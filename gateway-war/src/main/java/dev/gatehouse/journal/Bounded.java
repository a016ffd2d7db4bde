package dev.gatehouse.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts what came from outside to a size that an entry can hold. Stateless. */
final class Bounded {

    private static final int ITEMS_MAX = 64;

    private Bounded() {}

    /** The value with every text cut to so many UTF-16 units, never in the middle of a character, and every list to 64 items. */
    static Object value(Object value, int textMax) {
        if (value instanceof String text) {
            return text(text, textMax);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .limit(ITEMS_MAX)
                    .map(item -> value(item, textMax))
                    .toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new LinkedHashMap<>();
            map.entrySet().stream()
                    .limit(ITEMS_MAX)
                    .forEach(member -> members.put(String.valueOf(member.getKey()), value(member.getValue(), textMax)));
            return members;
        }
        return value;
    }

    private static String text(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "...";
    }
}
