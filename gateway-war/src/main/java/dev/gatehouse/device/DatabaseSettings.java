package dev.gatehouse.device;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/**
 * Where the gateway keeps devices, pairing requests and API keys.
 *
 * @param url the JDBC URL, or empty for an H2 file in the gateway's data folder
 * @param user who to log in as
 * @param password where the password is kept
 * @param poolSize how many connections are kept open
 */
public record DatabaseSettings(
        @Setting(
                about = "JDBC URL of the database, jdbc:h2:... or jdbc:postgresql:...; empty for an H2 file in the"
                        + " gateway's data folder.",
                fallback = "")
        String url,

        @Setting(about = "User to log in to the database as.", fallback = "gatehouse")
        String user,

        @Setting(about = "Where the password of the database is kept.")
        Optional<Secret.Source> password,

        @Setting(about = "How many connections to the database are kept open, 2 to 100.", fallback = "8")
        int poolSize) {

    private static final long CACHE_KIB_MAX = 512 * 1024;

    /** The cache takes one of so many at most; only what was read fills it. */
    private static final long PARTS_OF_HEAP = 8;

    /** So many of each connection; the gateway has some dozens. */
    private static final int QUERIES_PREPARED = 64;

    private static final Pattern SUPPORTED = Pattern.compile("jdbc:(h2|postgresql):.+");
    private static final Pattern FILE = Pattern.compile("^jdbc:h2:(file:)?(?=[~./]|[A-Za-z]:[/\\\\])");

    /** Plain files are closed for everybody when a thread is interrupted that reads them, as late checks are. */
    private static final String ASYNC = "jdbc:h2:async:";

    private static final Pattern PASSWORD = Pattern.compile("[;?&]password=", Pattern.CASE_INSENSITIVE);
    private static final int POOL_MIN = 2; // migrating the schema takes two
    private static final int POOL_MAX = 100;

    /** Checks every component, so that settings that exist can be tried. */
    public DatabaseSettings {
        if (!url.isEmpty() && !SUPPORTED.matcher(url).matches()) {
            throw new IllegalArgumentException("url must begin with 'jdbc:h2:' or 'jdbc:postgresql:', not '"
                    + withoutParameters(url) + "'; leave it empty to keep devices in a file");
        }
        if (PASSWORD.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "url must not hold the password; set password to 'env:NAME' or 'file:PATH' instead");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("user must not be blank; remove it to use 'gatehouse'");
        }
        if (poolSize < POOL_MIN || poolSize > POOL_MAX) {
            throw new IllegalArgumentException("pool-size must be " + POOL_MIN + " to " + POOL_MAX + ", not '"
                    + poolSize + "'; remove it to use 8");
        }
    }

    /**
     * The URL to connect to.
     *
     * @param dataFolder where the gateway keeps its files
     * @return the configured URL, or that of the file {@code devices} in the data folder; H2's files by way of its file
     *     system that interrupted threads do not close
     */
    String urlIn(Path dataFolder) {
        if (!url.isEmpty()) {
            return FILE.matcher(url).replaceFirst(ASYNC);
        }
        // WRITE_DELAY=0: what is committed survives a crash; a removed device must not come back.
        // DB_CLOSE_ON_EXIT=FALSE: H2's shutdown hook would close the file before the registry has flushed.
        return ASYNC + dataFolder.toAbsolutePath().resolve("devices")
                + ";AUTO_SERVER=FALSE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=" + cacheKib()
                + ";QUERY_CACHE_SIZE=" + QUERIES_PREPARED;
    }

    /** H2 would keep 16 MiB of pages: with many devices, nearly every admission would read its pages from the file. */
    private static long cacheKib() {
        return Math.min(CACHE_KIB_MAX, Runtime.getRuntime().maxMemory() / 1024 / PARTS_OF_HEAP);
    }

    /**
     * The URL as operators may see it.
     *
     * @param url a JDBC URL
     * @return the part before its parameters
     */
    static String withoutParameters(String url) {
        return url.replaceFirst("[;?].*", "");
    }
}
