package dev.gatehouse.offline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.config.Home;
import dev.gatehouse.config.OwnerOnlyFile;

/**
 * Where the socket of a home is: in a folder of the home that only its owner can enter. The path of a socket may have
 * about a hundred bytes, so under a longer home it is in a folder of its own for temporary files, which is as private, and
 * a file in the home says where.
 *
 * @param folder the folder in the home
 * @param temporary where the folder for a long path is made
 */
record OwnerFolder(Path folder, Path temporary) {

    private static final int PATH_BYTES_MAX = 100;
    private static final int POINTER_CHARS_MAX = 4096;
    private static final String SOCKET = "socket";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    static OwnerFolder of(Home home) {
        return new OwnerFolder(home.ownerFolder(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Where a socket may be now; whether anybody listens is another question. */
    Optional<Path> socket() throws IOException {
        Path socket = Files.exists(pointer(), LinkOption.NOFOLLOW_LINKS) ? pointedAt() : folder.resolve(SOCKET);
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        checkPrivate(folder);
        checkPrivate(socket.resolveSibling(""));
        return Optional.of(socket);
    }

    /**
     * Makes the place for a new socket; what a gateway that crashed has left there is removed.
     *
     * @throws IOException when it cannot be made, or others than the owner could use it
     */
    Path prepare() throws IOException {
        OwnerOnlyFile.createFolder(folder);
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
        checkPrivate(folder);
        remove();
        Path socket = folder.resolve(SOCKET);
        if (isShort(socket)) {
            return socket;
        }
        Path elsewhere =
                Files.createTempDirectory(temporary, "gatehouse-", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Path moved = elsewhere.resolve(SOCKET);
        if (!isShort(moved)) {
            Files.delete(elsewhere);
            throw new IOException("the paths of " + folder + " and " + temporary + " are both too long for a socket");
        }
        Path unfinished = folder.resolve("socket-path.new");
        Files.writeString(unfinished, moved.toString());
        Files.move(unfinished, pointer(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return moved;
    }

    /** Removes a socket that nobody listens on, and what says where it is. */
    void remove() throws IOException {
        if (Files.exists(pointer(), LinkOption.NOFOLLOW_LINKS)) {
            Optional<Path> elsewhere = readPointer();
            Files.delete(pointer());
            if (elsewhere.isPresent()) {
                removeElsewhere(elsewhere.get());
            }
        }
        Files.deleteIfExists(folder.resolve(SOCKET));
    }

    private void removeElsewhere(Path socket) throws IOException {
        Path elsewhere = socket.resolveSibling("");
        // Only what is ours: by now the name may belong to somebody else.
        if (Files.isDirectory(elsewhere, LinkOption.NOFOLLOW_LINKS) && isPrivate(elsewhere)) {
            Files.deleteIfExists(socket);
            Files.delete(elsewhere);
        }
    }

    private Path pointedAt() throws IOException {
        checkPrivate(folder);
        return readPointer().orElseThrow(() -> new IOException(pointer() + " holds no path of a socket"));
    }

    private Optional<Path> readPointer() throws IOException {
        if (Files.size(pointer()) > POINTER_CHARS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(
                            Files.readString(pointer(), StandardCharsets.UTF_8).strip()))
                    .filter(socket -> socket.isAbsolute() && socket.endsWith(SOCKET));
        } catch (InvalidPathException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private Path pointer() {
        return folder.resolve("socket-path");
    }

    private void checkPrivate(Path checked) throws IOException {
        if (!isPrivate(checked)) {
            throw new IOException(checked + " could be used by others than the owner of " + folder
                    + "; give it to that owner alone: chmod 700");
        }
    }

    private boolean isPrivate(Path checked) throws IOException {
        return Files.getPosixFilePermissions(checked, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)
                && Files.getOwner(checked, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder));
    }

    private static boolean isShort(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }
}
