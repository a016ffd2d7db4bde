package dev.gatehouse.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.flywaydb.core.Flyway;

/**
 * The gateway's database: its connections, its schema, and short transactions on it.
 *
 * <p>Safe for concurrent use. A call blocks for at most {@link #CONNECT_TIMEOUT} when the database is dead, and then
 * throws {@link TemporarilyUnavailable}.
 */
public final class Database implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    static final String MIGRATIONS = "classpath:dev/gatehouse/device/migration";
    private static final int ATTEMPTS = 3;
    private static final Duration BACK_OFF = Duration.ofMillis(40);

    private final HikariDataSource connections;
    private final EntityManagerFactory entityManagers;
    private final String location;
    private volatile boolean isClosed;

    private Database(HikariDataSource connections, EntityManagerFactory entityManagers, String location) {
        this.connections = connections;
        this.entityManagers = entityManagers;
        this.location = location;
    }

    /**
     * Connects, and brings the schema up to date.
     *
     * @param settings which database
     * @param dataFolder where the gateway keeps its files, for a database that is one
     * @return the open database
     * @throws TemporarilyUnavailable when it cannot be reached or migrated
     */
    public static Database open(DatabaseSettings settings, Path dataFolder) {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        // Drivers, migrations and entities are in the WAR; the thread may belong to the server.
        thread.setContextClassLoader(Database.class.getClassLoader());
        try {
            return connect(settings, settings.urlIn(dataFolder));
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    private static Database connect(DatabaseSettings settings, String url) {
        HikariDataSource connections = null;
        try {
            connections = new HikariDataSource(pool(settings, url));
            migrate(connections);
            return new Database(connections, entityManagers(connections), DatabaseSettings.withoutParameters(url));
        } catch (RuntimeException e) {
            if (connections != null) {
                connections.close();
            }
            throw new TemporarilyUnavailable(
                    "database: cannot open '" + DatabaseSettings.withoutParameters(url)
                            + "'; check database.url, database.user and that the database runs",
                    e);
        }
    }

    private static HikariConfig pool(DatabaseSettings settings, String url) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("gatehouse-database");
        pool.setJdbcUrl(url);
        // By name: the driver manager of a server knows only drivers that were there when it started.
        pool.setDriverClassName(url.startsWith("jdbc:h2:") ? "org.h2.Driver" : "org.postgresql.Driver");
        pool.setUsername(settings.user());
        settings.password().flatMap(Secret.Source::read).map(Secret::expose).ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        return pool;
    }

    private static void migrate(DataSource connections) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(connections)
                .locations(MIGRATIONS)
                .load()
                .migrate();
    }

    private static EntityManagerFactory entityManagers(DataSource connections) {
        EntityManagerFactory entityManagers = entityManagersOf(connections);
        // EclipseLink would wait and try again on its own, for 18 seconds, with a connecting client at the other end.
        DatabaseLogin login = entityManagers.unwrap(DatabaseSession.class).getLogin();
        login.setQueryRetryAttemptCount(0);
        login.setConnectionHealthValidatedOnError(false);
        return entityManagers;
    }

    private static EntityManagerFactory entityManagersOf(DataSource connections) {
        try {
            Path emptyFolder = Files.createTempDirectory("gatehouse-unit");
            try {
                PersistenceUnit unit =
                        new PersistenceUnit(connections, emptyFolder.toUri().toURL());
                return new PersistenceProvider().createContainerEntityManagerFactory(unit, Map.of());
            } finally {
                Files.delete(emptyFolder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    /**
     * Does work in one transaction. When another transaction collides with it, the work is done again from the start,
     * three times at most and a moment later each time; so it must have no effect but on the database.
     *
     * @param <T> what the work yields
     * @param work what to do; an exception rolls back and is thrown on
     * @return what the work returned, committed
     * @throws TemporarilyUnavailable when the database cannot answer, or every attempt collided
     */
    <T> T inTransaction(Function<EntityManager, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || DatabaseFailure.of(e) != DatabaseFailure.COLLISION) {
                    throw translated(e);
                }
                letTheOtherCommit(attempt);
            }
        }
    }

    /** H2 reports a collision with what is not yet committed at once, so an immediate attempt would collide again. */
    private static void letTheOtherCommit(int attempt) {
        long most = BACK_OFF.toNanos() * attempt;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
    }

    /** Work on a connection that is in a transaction. */
    @FunctionalInterface
    public interface JdbcWork<T> {

        /**
         * Does the work; may be called again from the start when another transaction collides with it.
         *
         * @param connection in a transaction, which the caller ends; statements are to be closed
         * @return what the work yields
         * @throws SQLException from the connection
         */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does work in one transaction by JDBC, with the same attempts as {@link #inTransaction}.
     *
     * @param <T> what the work yields
     * @param work what to do; an exception rolls back
     * @return what the work returned, committed
     * @throws TemporarilyUnavailable when the database cannot answer, or every attempt collided
     */
    public <T> T jdbc(JdbcWork<T> work) {
        return inTransaction(entityManager -> on(entityManager.unwrap(Connection.class), work));
    }

    private static <T> T on(Connection connection, JdbcWork<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /**
     * Does work in a transaction that is rolled back.
     *
     * @param work what to try
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    void rehearse(Consumer<EntityManager> work) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            EntityTransaction transaction = entityManager.getTransaction();
            transaction.begin();
            try {
                work.accept(entityManager);
            } finally {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /**
     * Reads without a transaction: each query sees what is committed when it runs.
     *
     * @param <T> what the work yields
     * @param work queries only
     * @return what the work returned
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    <T> T read(Function<EntityManager, T> work) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            return work.apply(entityManager);
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /** How many connections there are, in use and waited for now; never blocks. */
    public PoolFigures pool() {
        HikariPoolMXBean pool = connections.getHikariPoolMXBean();
        return new PoolFigures(
                pool.getActiveConnections(), pool.getIdleConnections(), pool.getThreadsAwaitingConnection());
    }

    /** Whether the database answers; blocks as any work does. */
    public boolean answers() {
        try {
            return read(entityManager ->
                    entityManager.createNativeQuery("select 1").getResultList().size() == 1);
        } catch (TemporarilyUnavailable e) {
            return false;
        }
    }

    /** Where the database is, for people: its JDBC URL without parameters. */
    public String location() {
        return location;
    }

    /** Closes every connection; work under way fails. Closing twice does nothing. */
    @Override
    public void close() {
        isClosed = true;
        if (entityManagers.isOpen()) {
            entityManagers.close();
        }
        connections.close();
    }

    private <T> T attempt(Function<EntityManager, T> work) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            EntityTransaction transaction = entityManager.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(entityManager);
                transaction.commit();
                return result;
            } catch (RuntimeException e) {
                rollBack(transaction, e);
                throw e;
            }
        }
    }

    private static void rollBack(EntityTransaction transaction, RuntimeException reason) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private RuntimeException translated(RuntimeException failure) {
        if (isClosed) {
            return new TemporarilyUnavailable("the database is closed", failure);
        }
        return switch (DatabaseFailure.of(failure)) {
            case COLLISION -> new TemporarilyUnavailable("every attempt collided with another transaction", failure);
            case UNAVAILABLE -> new TemporarilyUnavailable("the database cannot answer", failure);
            case OTHER -> failure;
        };
    }
}
