package dev.gatehouse.admission;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plugin's verdict one of the gateway's own, with nothing in it that the plugin could change later or that would
 * keep its classes loaded.
 *
 * <p>Runs as part of asking the check, so that what the plugin's objects do while they are read is held against it.
 * The details of a reason are bounded in depth, number and length; what is beyond is cut off.
 */
final class PlainVerdict {

    private static final int DEPTH_MAX = 4;
    private static final int VALUES_MAX = 256;
    private static final int TEXT_MAX = 4096;
    private static final String CUT = "...";
    private static final Set<Class<?>> PLAIN = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class);

    private int values;

    private PlainVerdict() {}

    /**
     * The same verdict in the gateway's own values.
     *
     * @throws NullPointerException when a part of it is missing
     */
    static Verdict of(Verdict verdict) {
        if (verdict instanceof Verdict.Pass pass) {
            return pass.ceiling().isEmpty() ? Verdict.pass() : pass;
        }
        if (verdict instanceof Verdict.Identified identified) {
            return Verdict.identified(identified.identity(), identified.proposed());
        }
        if (verdict instanceof Verdict.Absent absent) {
            return Verdict.absent(plain(absent.reason()));
        }
        return Verdict.veto(plain(((Verdict.Veto) verdict).reason()));
    }

    private static VetoReason plain(VetoReason reason) {
        if (reason.details().isEmpty()) {
            return reason;
        }
        return new VetoReason(
                reason.code(),
                reason.message(),
                reason.effect(),
                new PlainVerdict().map(reason.details(), DEPTH_MAX),
                reason.retry(),
                reason.fixes());
    }

    private Map<String, Object> map(Map<?, ?> details, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> detail : details.entrySet()) {
            if (values >= VALUES_MAX) {
                break;
            }
            copy.put(text(detail.getKey()), value(detail.getValue(), depth));
        }
        return copy;
    }

    private List<Object> list(Iterable<?> items, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object item : items) {
            if (values >= VALUES_MAX) {
                break;
            }
            copy.add(value(item, depth));
        }
        return copy;
    }

    private Object value(@Nullable Object value, int depth) {
        values++;
        if (value instanceof Map<?, ?> map) {
            return depth > 1 ? map(map, depth - 1) : CUT;
        }
        if (value instanceof Iterable<?> items) {
            return depth > 1 ? list(items, depth - 1) : CUT;
        }
        return value != null && PLAIN.contains(value.getClass()) ? value : text(value);
    }

    private static String text(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + CUT;
    }
}
