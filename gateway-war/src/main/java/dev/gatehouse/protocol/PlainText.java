package dev.gatehouse.protocol;

/**
 * Tells text that can be stored, logged and sent back from text that cannot: JSON can spell NUL, which databases
 * refuse, and lone surrogates, which have no UTF-8. No client sends either.
 */
final class PlainText {

    private PlainText() {}

    static boolean isPlain(String text) {
        return text.codePoints().noneMatch(PlainText::isUnsendable);
    }

    /** {@link String#codePoints()} yields a surrogate only when it is alone. */
    private static boolean isUnsendable(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
