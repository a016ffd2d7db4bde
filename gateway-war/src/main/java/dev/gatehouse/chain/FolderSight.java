package dev.gatehouse.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.gatehouse.plugin.JarStore;

/**
 * What a look at the config file and the plugins folder showed: enough to tell that something was added, removed,
 * replaced or is still being written. Immutable.
 *
 * @param files size, time and key of each file
 */
public record FolderSight(Map<Path, Facts> files) {

    /** What tells one state of a file from another. */
    public record Facts(long size, FileTime modified, Optional<Object> key) {}

    public FolderSight {
        files = Map.copyOf(files);
    }

    /** Looks at the config. */
    public static FolderSight of(Path config) {
        Map<Path, Facts> seen = new TreeMap<>();
        look(config, seen);
        return new FolderSight(seen);
    }

    /** Looks at every jar in the folder as well; hidden files, as copying tools make them, are no plugins. */
    public FolderSight withJarsOf(Path plugins) {
        Map<Path, Facts> seen = new TreeMap<>(files);
        jarsIn(plugins).forEach(jar -> look(jar, seen));
        return new FolderSight(seen);
    }

    /**
     * The same, once no jar is half copied any more; for a start, after which nobody looks again if it fails. Waits for
     * a jar as long as it was written to a moment ago.
     *
     * @param patience how long ago a moment is
     */
    public FolderSight withWholeJarsOf(Path plugins, Duration patience) {
        FolderSight sight = withJarsOf(plugins);
        while (sight.isBeingWritten(patience)) {
            LockSupport.parkNanos(ChainWatch.INTERVAL.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                return sight;
            }
            sight = withJarsOf(plugins);
        }
        return sight;
    }

    private boolean isBeingWritten(Duration patience) {
        Instant moment = Instant.now().minus(patience);
        return jars().stream()
                .filter(jar -> Optional.ofNullable(files.get(jar))
                        .filter(facts -> facts.modified().toInstant().isAfter(moment))
                        .isPresent())
                .anyMatch(jar -> !JarStore.isComplete(jar));
    }

    /** The jars that were seen, by name. */
    public List<Path> jars() {
        return files.keySet().stream().filter(FolderSight::isJar).sorted().toList();
    }

    /** The jars directly in a folder, by name; none when there is no such folder. */
    public static List<Path> jarsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(FolderSight::isJar).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** The files that are not as they were in an earlier sight, for people. */
    List<String> changedSince(FolderSight before) {
        List<String> changed = new ArrayList<>();
        new TreeMap<>(files).forEach((file, facts) -> {
            Optional<Facts> known = Optional.ofNullable(before.files.get(file));
            if (!known.equals(Optional.of(facts))) {
                changed.add(file.getFileName() + (known.isPresent() ? " changed" : " added"));
            }
        });
        before.files.keySet().stream()
                .filter(file -> !files.containsKey(file))
                .forEach(file -> changed.add(file.getFileName() + " removed"));
        return changed;
    }

    private static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    private static void look(Path file, Map<Path, Facts> seen) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            seen.put(file, new Facts(facts.size(), facts.lastModifiedTime(), Optional.ofNullable(facts.fileKey())));
        } catch (IOException goneMeanwhile) {
            seen.remove(file);
        }
    }
}
