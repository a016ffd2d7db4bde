package dev.gatehouse.device;

import java.sql.SQLException;
import java.util.stream.Stream;

import jakarta.persistence.OptimisticLockException;

/** Tells apart why a transaction failed: two writers met, the database cannot answer, or the gateway is wrong. */
enum DatabaseFailure {
    /** Another transaction changed the same rows or took the same key; a new attempt sees what it did. */
    COLLISION,
    /** The database cannot answer now. */
    UNAVAILABLE,
    /** Neither: the work itself threw, or its SQL is wrong. */
    OTHER;

    private static final String CONSTRAINT_VIOLATED = "23";
    private static final String TRANSACTION_ROLLED_BACK = "40";
    private static final String H2_LOCK_TIMEOUT = "HYT00";
    private static final String H2_CONCURRENT_UPDATE = "90131";
    private static final String DATA_REJECTED = "22";
    private static final String SQL_REJECTED = "42";

    static DatabaseFailure of(Throwable failure) {
        if (causes(failure).anyMatch(OptimisticLockException.class::isInstance)) {
            return COLLISION;
        }
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .map(DatabaseFailure::ofState)
                .orElse(OTHER);
    }

    private static DatabaseFailure ofState(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return UNAVAILABLE;
        }
        if (state.startsWith(CONSTRAINT_VIOLATED)
                || state.startsWith(TRANSACTION_ROLLED_BACK)
                || state.equals(H2_LOCK_TIMEOUT)
                || state.equals(H2_CONCURRENT_UPDATE)) {
            return COLLISION;
        }
        return state.startsWith(DATA_REJECTED) || state.startsWith(SQL_REJECTED) ? OTHER : UNAVAILABLE;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
