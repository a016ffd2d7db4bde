package dev.gatehouse.session;

import java.util.Optional;

/**
 * Puts the parts of one message together, and counts their bytes: containers enforce limits too late, or never.
 *
 * <p>Not safe for concurrent use; a container delivers the parts of one connection one after the other.
 */
final class IncomingText {

    private final StringBuilder parts = new StringBuilder();
    private long bytes;
    private boolean tooLarge;

    /**
     * Takes a part.
     *
     * @param size how many bytes the part has on the wire
     * @param limit how many bytes the message may have
     * @return the whole message, once its last part is there and as long as it kept within the limit
     */
    Optional<String> add(String part, long size, boolean last, long limit) {
        bytes += size;
        if (bytes > limit) {
            tooLarge = true;
            reset();
        }
        if (tooLarge) {
            return Optional.empty();
        }
        if (!last) {
            parts.append(part);
            return Optional.empty();
        }
        String message = parts.isEmpty() ? part : parts.append(part).toString();
        reset();
        return Optional.of(message);
    }

    /** Whether a message exceeded its limit; from then on nothing is taken any more. */
    boolean isTooLarge() {
        return tooLarge;
    }

    private void reset() {
        bytes = 0;
        parts.setLength(0);
        parts.trimToSize();
    }
}
