package dev.gatehouse.embedded;

import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps a warning out of the log that says nothing about this gateway: GlassFish takes every class in a WAR for one of its
 * {@code WEB-INF/classes}, and complains that it cannot load the one at the root, which runs commands out of the file.
 */
final class KnownNoise implements Filter {

    private static final String LAUNCHER = "dev/gatehouse/launch/";

    /** Held here, because the logging system itself forgets loggers that nobody holds, and their filters with them. */
    private static final Logger WEB = Logger.getLogger("jakarta.enterprise.web");

    static void silence() {
        WEB.setFilter(new KnownNoise());
    }

    @Override
    public boolean isLoggable(LogRecord said) {
        return !(said.getThrown() instanceof ClassNotFoundException
                && (said.getMessage() + Arrays.toString(said.getParameters())).contains(LAUNCHER));
    }
}
