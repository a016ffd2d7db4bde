package dev.gatehouse.embedded;

import java.util.logging.LogManager;

/**
 * Keeps the log open while the process ends.
 *
 * <p>The JDK closes all handlers from a shutdown hook that runs beside every other one, so whatever the gateway has to
 * say while it stops would be lost by chance.
 */
public final class LastingLogManager extends LogManager {

    /** Made by the JDK, by name. */
    public LastingLogManager() {}

    /** Does nothing: only the shutdown hook of the JDK, and a second configuration, ever call it. */
    @Override
    public void reset() {}
}
