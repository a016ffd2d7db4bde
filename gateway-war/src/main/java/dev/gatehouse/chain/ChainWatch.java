package dev.gatehouse.chain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.plugin.JarStore;

/**
 * Decides when what is on disk is to be put in force: once it differs from what was tried last and nobody is writing it
 * any more. Looks itself instead of being told by the file system, which does not tell on every mount. Confined to the
 * thread of the reloader.
 */
final class ChainWatch {

    /** How often {@link #look} is to be called; what is the same twice is not being written. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    /** After so many looks at a jar that stays incomplete, nobody is writing it: it is broken. */
    private static final int LOOKS_AT_INCOMPLETE = 20;

    private final Supplier<FolderSight> disk;
    private FolderSight tried;
    private FolderSight before;
    private int looksAtIncomplete;
    private volatile List<String> incomplete = List.of();

    /**
     * A watch.
     *
     * @param tried what was put in force last
     */
    ChainWatch(Supplier<FolderSight> disk, FolderSight tried) {
        this.disk = disk;
        this.tried = tried;
        this.before = tried;
    }

    /** What to put in force now, and why; empty when there is nothing, or something is being written. */
    Optional<String> look() {
        FolderSight now = disk.get();
        boolean isStill = now.equals(before);
        before = now;
        if (now.equals(tried)) {
            incomplete = List.of();
            return Optional.empty();
        }
        if (!isStill) {
            looksAtIncomplete = 0;
            return Optional.empty();
        }
        incomplete = incompleteJars(now);
        if (!incomplete.isEmpty() && looksAtIncomplete < LOOKS_AT_INCOMPLETE) {
            looksAtIncomplete++;
            return Optional.empty();
        }
        String why = String.join(", ", now.changedSince(tried));
        tried(now);
        return Optional.of(why);
    }

    /** What is on disk is about to be tried, whoever asked for it. */
    void tried() {
        tried(disk.get());
    }

    /** The jars that are waited for, for people; safe to call from any thread. */
    List<String> incomplete() {
        return incomplete;
    }

    /** What was on disk then has been tried. */
    void tried(FolderSight now) {
        tried = now;
        before = now;
        incomplete = List.of();
        looksAtIncomplete = 0;
    }

    private List<String> incompleteJars(FolderSight now) {
        return now.files().keySet().stream()
                .filter(file -> file.toString().endsWith(".jar") && isNew(now, file))
                .filter(file -> !JarStore.isComplete(file))
                .map(Path::toString)
                .toList();
    }

    private boolean isNew(FolderSight now, Path file) {
        return !Objects.equals(now.files().get(file), tried.files().get(file));
    }
}
