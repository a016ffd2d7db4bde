package dev.gatehouse.admission;

import java.time.Instant;

import dev.gatehouse.spi.ConnectContext;

/**
 * A connection that was not admitted a short while ago.
 *
 * @param id the id that the client was told
 * @param at when it was decided
 * @param context the connection as the checks saw it, its secrets included
 * @param decision {@link Decision.Refused}, or {@link Decision.Failed} without what was thrown
 */
public record RecentRefusal(String id, Instant at, ConnectContext context, Decision decision) {

    /** Leaves out everything that came from the client. */
    @Override
    public String toString() {
        return "RecentRefusal[" + id + " at " + at + "]";
    }
}
