package dev.gatehouse.spi;

/**
 * Something that a decision needs cannot answer now. Thrown by the gateway's doors when the database is down; a check
 * may throw it when its own back end is. The connection is closed with 1013 and asked to try again later; any other
 * exception of a check closes it with 1011.
 *
 * @since 0.1
 */
public final class TemporarilyUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what cannot answer.
     *
     * @param message what cannot answer, for the log; the peer does not see it
     * @param cause what went wrong
     */
    public TemporarilyUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
