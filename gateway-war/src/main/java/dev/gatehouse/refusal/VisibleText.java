package dev.gatehouse.refusal;

import java.util.Locale;

/**
 * Text from outside, for people: nothing in it can move, hide or turn what stands around it. Control characters, those
 * that set the direction of writing, and those that cannot be seen become their number, as in {@code <U+202E>}; every
 * other character stays, also those of four bytes. Stateless.
 */
public final class VisibleText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final String CUT = "...";

    private VisibleText() {}

    /** The text with everything in it visible, on one line. */
    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (isVisible(codePoint)) {
                visible.appendCodePoint(codePoint);
            } else {
                visible.append(String.format(Locale.ROOT, "<U+%04X>", codePoint));
            }
        });
        return visible.toString();
    }

    /** The same as text or attribute of an HTML page. */
    public static String html(String text) {
        return of(text).replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The text, or its beginning when it is longer than this; no character is cut in two. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** Joiners are part of how some scripts and many emoji are written. */
    private static boolean isVisible(int codePoint) {
        if (codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
