package dev.gatehouse.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.plugin.PluginGeneration.Patience;

/**
 * Ends the threads of plugins that were stopped: first politely, then by the error that {@link PluginGuard} throws into
 * their loops.
 *
 * <p>A thread is a plugin's when it carries the plugin's class loader, is of a class of it, or runs code of it. Virtual
 * threads cannot be listed.
 */
final class PluginThreads {

    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LAST_PAUSE_MILLIS = 320;

    private final Map<String, JarClassLoader> loaders;

    PluginThreads(List<JarClassLoader> loaders) {
        this.loaders = loaders.stream().collect(Collectors.toMap(ClassLoader::getName, loader -> loader));
    }

    /**
     * Ends the threads.
     *
     * @param patience how long to wait for them in all
     * @return the plugins and threads that are still there, for people
     */
    List<String> end(Patience patience) {
        if (loaders.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        boolean ended = interruptUntil(start + patience.interrupted().toNanos());
        loaders.values().forEach(JarClassLoader::stopLoops);
        if (!ended) {
            interruptUntil(start + patience.threads().toNanos());
        }
        return threads()
                .map(found -> "plugin '" + found.getValue().plugin() + "', thread '"
                        + found.getKey().getName() + "'")
                .sorted()
                .toList();
    }

    /**
     * Interrupts again and again: a thread may swallow one, and start another thread. Ever more seldom, because looking
     * at all stacks stops the whole server for a moment.
     */
    private boolean interruptUntil(long deadline) {
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LAST_PAUSE_MILLIS)) {
            List<Thread> alive = alive();
            if (alive.isEmpty()) {
                return true;
            }
            alive.forEach(Thread::interrupt);
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            try {
                alive.get(0).join(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Looks twice when there seems to be none: a thread may start another and end while the JVM lists them. */
    private List<Thread> alive() {
        List<Thread> found = threads().map(Entry::getKey).toList();
        return found.isEmpty() ? threads().map(Entry::getKey).toList() : found;
    }

    private Stream<Entry<Thread, JarClassLoader>> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey() != Thread.currentThread())
                .flatMap(thread ->
                        owner(thread.getKey(), thread.getValue())
                                .map(loader -> Map.entry(thread.getKey(), loader))
                                .stream());
    }

    /** The plugin whose thread this is, if it is one's. */
    private Optional<JarClassLoader> owner(Thread thread, StackTraceElement[] stack) {
        Stream<JarClassLoader> carried = Stream.concat(
                        Stream.ofNullable(thread.getContextClassLoader()),
                        Stream.ofNullable(thread.getClass().getClassLoader()))
                .filter(loaders::containsValue)
                .map(JarClassLoader.class::cast);
        Stream<JarClassLoader> running = Arrays.stream(stack)
                .flatMap(frame -> Stream.ofNullable(frame.getClassLoaderName()))
                .flatMap(name -> Stream.ofNullable(loaders.get(name)));
        return Stream.concat(carried, running).findFirst();
    }
}
