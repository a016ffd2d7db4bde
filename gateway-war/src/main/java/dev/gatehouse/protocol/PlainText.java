package dev.gatehouse.protocol;

/**
 * Tells text that can be stored, logged and sent back from text that cannot: JSON can spell NUL, which databases
 * refuse, and lone surrogates, which have no UTF-8. No client sends either.
 */
final class PlainText {

    private static final int EXCERPT = 64;

    private PlainText() {}

    static boolean isPlain(String text) {
        return text.codePoints().noneMatch(PlainText::isUnsendable);
    }

    /** The beginning of a text, without what cannot be sent back. */
    static String excerpt(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(EXCERPT)
                .filter(codePoint -> !isUnsendable(codePoint))
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** {@link String#codePoints()} yields a surrogate only when it is alone. */
    private static boolean isUnsendable(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
