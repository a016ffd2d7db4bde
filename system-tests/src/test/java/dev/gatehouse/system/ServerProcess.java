package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a running JVM holds: its loaded plugins, threads, open files and live heap. */
record ServerProcess(long pid) {

    private static final String PLUGIN_LOADER = "dev.gatehouse.plugin.JarClassLoader";

    /**
     * What a JVM held at one moment.
     *
     * @param pluginLoaders class loaders of plugins, after a full collection
     * @param threads threads of the process
     * @param openFiles open files, sockets among them
     * @param heapBytes bytes of live objects
     */
    record Holdings(long pluginLoaders, long threads, long openFiles, long heapBytes) {}

    /** Collects the garbage and looks. */
    Holdings holdings() {
        List<String> live = histogram();
        return new Holdings(
                instances(live, PLUGIN_LOADER), count("task"), count("fd"), Long.parseLong(column(live, "Total", 2)));
    }

    /** One line a class of live objects: rank, instances, bytes, name; the collector runs first. */
    private List<String> histogram() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the JVM " + pid, e);
        }
    }

    private static long instances(List<String> histogram, String type) {
        return histogram.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private static String column(List<String> histogram, String first, int index) {
        return histogram.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[0].equals(first))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not a histogram: " + histogram))[index];
    }

    private long count(String kind) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), kind))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the process " + pid, e);
        }
    }
}
