package dev.gatehouse.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what a plugin put into the details of a reason into values that JSON can carry, so that rendering a refusal
 * never fails: what is not a string, number, boolean, list or map becomes its text, {@code null} is left out.
 */
final class JsonValues {

    private static final int DEPTH_MAX = 8;
    private static final String TOO_DEEP = "...";

    private JsonValues() {}

    /** A mutable copy of an object, in its order. */
    static Map<String, Object> object(Map<?, ?> values) {
        return object(values, 0);
    }

    private static Map<String, Object> object(Map<?, ?> values, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name != null && value != null) {
                copy.put(name.toString(), value(value, depth + 1));
            }
        });
        return copy;
    }

    private static List<Object> array(Iterable<?> values, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                copy.add(value(value, depth + 1));
            }
        }
        return copy;
    }

    private static Object value(Object value, int depth) {
        if (value instanceof Boolean || isNumber(value)) {
            return value;
        }
        if (depth > DEPTH_MAX) {
            return TOO_DEEP;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        return value instanceof List<?> list ? array(list, depth) : value.toString();
    }

    private static boolean isNumber(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal;
    }
}
