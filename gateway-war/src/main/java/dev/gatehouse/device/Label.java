package dev.gatehouse.device;

/**
 * What an operator calls a device or an API key.
 *
 * @param text 1 to 64 characters, trimmed, without control characters
 */
record Label(String text) {

    static final int LENGTH_MAX = 64;

    Label {
        text = text.strip();
        if (text.isEmpty() || text.length() > LENGTH_MAX || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidLabel();
        }
    }
}
