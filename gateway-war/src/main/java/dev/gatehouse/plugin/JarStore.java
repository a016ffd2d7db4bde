package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipFile;

import dev.gatehouse.digest.Sha256;

/**
 * Private copies of plugin jars, each named by its SHA-256.
 *
 * <p>A jar is loaded from its copy only. So an operator may overwrite, rename or delete a jar while it is loaded, and what
 * was examined and trusted is what runs. A copy stays as long as a generation uses it. Safe for concurrent use.
 */
public final class JarStore {

    /** The largest jar that is taken. */
    static final long MAX_JAR_BYTES = 100L * 1024 * 1024;

    private static final String COPY = ".jar";
    private static final String UNFINISHED = ".part";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;
    private final Map<String, Integer> users = new HashMap<>();

    /**
     * A store in this folder, which is made if need be and is readable by its owner only; copies that an earlier gateway
     * left there are deleted.
     *
     * @throws UncheckedIOException when the folder cannot be made or emptied
     */
    public JarStore(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            FileStore disk = Files.getFileStore(folder);
            if (disk.supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            deleteOldCopies(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot keep copies of plugin jars here", e);
        }
    }

    /** Whether this file is a zip with a whole directory at its end; a jar that is still being written is not. */
    public static boolean isComplete(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.size() > 0;
        } catch (IOException | IllegalArgumentException notWhole) {
            return false;
        }
    }

    /**
     * Copies a jar, or finds the copy that is there already; to be given back with {@link #release}. Links are followed:
     * volumes of containers are made of them, and what they lead to is what is hashed.
     */
    synchronized StoredJar add(Path jar) throws UnusableJar {
        Path unfinished = folder.resolve("copying" + UNFINISHED);
        try {
            refuseWhatIsNoJar(jar);
            StoredJar stored = copy(jar, unfinished);
            if (!users.containsKey(stored.sha256())) {
                Files.move(unfinished, stored.copy(), StandardCopyOption.REPLACE_EXISTING);
            }
            users.merge(stored.sha256(), 1, Integer::sum);
            return stored;
        } catch (IOException e) {
            throw new UnusableJar(
                    "cannot be copied to " + folder + ": " + e + "; check that the gateway may read the one and write"
                            + " the other, and that the disk is not full",
                    e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    /** Gives a copy back; the last user of a copy deletes it. */
    synchronized void release(StoredJar jar) {
        users.computeIfPresent(jar.sha256(), (sha256, count) -> count > 1 ? count - 1 : null);
        if (!users.containsKey(jar.sha256())) {
            deleteQuietly(jar.copy());
        }
    }

    private static void refuseWhatIsNoJar(Path jar) throws UnusableJar, IOException {
        if (!Files.isRegularFile(jar)) {
            throw new UnusableJar("is not a file; only jar files belong into a plugins folder");
        }
        if (Files.size(jar) > MAX_JAR_BYTES) {
            throw tooLarge(Files.size(jar) + " bytes");
        }
    }

    private static UnusableJar tooLarge(String size) {
        return new UnusableJar("has " + size + ", and a plugin jar may have " + MAX_JAR_BYTES
                + "; leave out what the plugin does not need");
    }

    /** Counts while it copies: a file may grow after its size was asked for. */
    private StoredJar copy(Path jar, Path unfinished) throws IOException, UnusableJar {
        MessageDigest digest = Sha256.begin();
        long size = 0;
        try (InputStream in = Files.newInputStream(jar);
                OutputStream out = Files.newOutputStream(
                        unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > MAX_JAR_BYTES) {
                    throw tooLarge("more than it said");
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        return new StoredJar(jar, folder.resolve(sha256 + COPY), sha256, size);
    }

    private static void deleteOldCopies(Path folder) throws IOException {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, "*{" + COPY + "," + UNFINISHED + "}")) {
            for (Path copy : copies) {
                Files.delete(copy);
            }
        }
    }

    /** A copy that stays behind costs disk and nothing else; the next start deletes it. */
    private static void deleteQuietly(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            System.getLogger(JarStore.class.getName())
                    .log(System.Logger.Level.WARNING, copy + ": cannot be deleted; it is deleted at the next start", e);
        }
    }
}
