package dev.gatehouse.protocol;

/** Makes the text of a close reason fit its frame (wire reference 1.7). */
final class ReasonText {

    private static final int MAX_BYTES = 120;
    private static final String FALLBACK = "invalid handshake";

    private ReasonText() {}

    /** The longest prefix of whole code points that has at most 120 bytes of UTF-8; a fixed text for an empty one. */
    static String cut(String text) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += utf8Length(codePoint);
            if (bytes > MAX_BYTES) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return end == 0 ? FALLBACK : text.substring(0, end);
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
