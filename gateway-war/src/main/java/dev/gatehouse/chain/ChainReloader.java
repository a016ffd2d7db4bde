package dev.gatehouse.chain;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.gatehouse.config.InvalidConfig;

/**
 * Puts what is on disk in force: at start, when a file changed, and when an operator asks. Whole, or not at all: when
 * anything is wrong, the chain before stays, and the report says what.
 *
 * <p>Attempts are made one after the other on one thread. A replaced generation is closed on another, once the last
 * handshake that began on it is decided, so that a plugin that is slow to end holds up nobody. Safe for concurrent use.
 */
public final class ChainReloader implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChainReloader.class.getName());
    private static final int REPORTS_MAX = 20;

    /** Added to the longest time that a handshake can take, after which a replaced generation is closed all the same. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** A call into a plugin is interrupted when the gateway stops; one that takes no notice has this long. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

    private final Supplier<Candidate> disk;
    private final Supplier<Duration> handshakeTimeout;
    private final ChainWatch watch;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor reloads = thread("gatehouse-reload");
    private final ScheduledThreadPoolExecutor endings = thread("gatehouse-ending");
    private final Set<ChainGeneration> ending = ConcurrentHashMap.newKeySet();
    private final Set<String> leftovers = ConcurrentHashMap.newKeySet();
    private final Deque<ReloadReport> reports = new ArrayDeque<>(); // guarded by itself
    private final List<Consumer<ReloadReport>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder swapped = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile ChainGeneration current;

    /** Whether the last look failed; confined to the thread of the reloads. */
    private boolean isBlind;

    /**
     * A reloader with a chain in force.
     *
     * @param disk builds what is on disk; throws {@link InvalidConfig} with every problem
     * @param sight looks at what is on disk
     * @param handshakeTimeout how long a client may take from its upgrade to its connect frame
     * @throws InvalidConfig when what is on disk cannot be put in force now
     */
    public ChainReloader(
            Supplier<Candidate> disk, Supplier<FolderSight> sight, Supplier<Duration> handshakeTimeout, Clock clock) {
        this.disk = disk;
        this.handshakeTimeout = handshakeTimeout;
        this.clock = clock;
        Candidate first = disk.get();
        current = first.generation();
        watch = new ChainWatch(sight, first.sight());
        first.whenInForce().run();
        noteInForce("start", first.warnings());
    }

    /** Begins to look at the disk. */
    public void watch() {
        long every = ChainWatch.INTERVAL.toMillis();
        var unused = reloads.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /**
     * Calls somebody after each attempt, on the thread of the reloads; must not block.
     *
     * @param listener told what came of it
     */
    public void whenTried(Consumer<ReloadReport> listener) {
        listeners.add(listener);
    }

    /** The generation in force. */
    public ChainGeneration current() {
        return current;
    }

    /**
     * Puts in force what is on disk now; blocks until that is done or has failed.
     *
     * @param trigger why, for people
     */
    public ReloadReport reload(String trigger) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            watch.tried();
                            return attempt(trigger);
                        },
                        reloads)
                .join();
    }

    /** The attempts so far, the last one first, {@value #REPORTS_MAX} at most. */
    public List<ReloadReport> reports() {
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }

    /** The last attempt. */
    public ReloadReport last() {
        return reports().get(0);
    }

    /** How many attempts there were since the start, which is none of them. */
    public ReloadCounts counts() {
        return new ReloadCounts(swapped.sum(), rejected.sum());
    }

    /** Threads of plugins that are no longer in force and that did not stop, for people. */
    public List<String> leftovers() {
        return leftovers.stream().sorted().toList();
    }

    /** The jars in the plugins folder that are not in force because they are not whole. */
    public List<String> incompleteJars() {
        return watch.incomplete();
    }

    /** Ends the attempt that is under way, and then everything that is loaded. */
    @Override
    public void close() {
        reloads.shutdownNow();
        endings.shutdownNow();
        awaitEnd(reloads);
        awaitEnd(endings);
        List.copyOf(ending).forEach(this::end);
        current.close();
    }

    /** A look that threw would be the last one; one that fails is reported once, and tried again and again. */
    private void look() {
        try {
            Optional<String> trigger = watch.look();
            if (isBlind) {
                isBlind = false;
                watch.tried();
                attempt("the files can be looked at again");
                return;
            }
            trigger.ifPresent(this::attempt);
        } catch (RuntimeException e) {
            if (!isBlind) {
                isBlind = true;
                noteRejected(ReloadReport.rejected(
                        clock.instant(),
                        "looking at the files",
                        List.of("the config and the plugins folder cannot be looked at, so no change is noticed: " + e
                                + "; check that the gateway may read them")));
            }
        }
    }

    private ReloadReport attempt(String trigger) {
        try {
            Candidate next = disk.get();
            watch.tried(next.sight());
            swap(next);
            return noteSwapped(trigger, next.warnings());
        } catch (InvalidConfig e) {
            return noteRejected(ReloadReport.rejected(clock.instant(), trigger, e.problems()));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "the chain could not be built", e);
            return noteRejected(ReloadReport.rejected(
                    clock.instant(),
                    trigger,
                    List.of("the gateway failed to build the chain: " + e + "; see its log")));
        }
    }

    private void swap(Candidate next) {
        ChainGeneration old = current;
        current = next.generation();
        next.whenInForce().run();
        ending.add(old);
        old.chain().retire();
        long bound =
                handshakeTimeout.get().plus(old.longestDecision()).plus(SLACK).toMillis();
        var unused = endings.schedule(() -> end(old), bound, TimeUnit.MILLISECONDS);
        var unusedEnd = old.chain().idle().thenRunAsync(() -> end(old), endings);
    }

    private void end(ChainGeneration old) {
        if (ending.remove(old)) {
            old.close();
            leftovers.addAll(old.plugins().leftovers());
        }
    }

    private ReloadReport noteInForce(String trigger, List<String> warnings) {
        ReloadReport report = ReloadReport.inForce(clock.instant(), trigger, warnings);
        keep(report);
        warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
        return report;
    }

    private ReloadReport noteSwapped(String trigger, List<String> warnings) {
        swapped.increment();
        LOG.log(Level.INFO, "in force now (" + trigger + "): " + current.described());
        return noteInForce(trigger, warnings);
    }

    private ReloadReport noteRejected(ReloadReport report) {
        rejected.increment();
        keep(report);
        LOG.log(
                Level.ERROR,
                "not in force (" + report.trigger() + "); the chain before stays until this is put right:"
                        + report.listed());
        return report;
    }

    private void keep(ReloadReport report) {
        synchronized (reports) {
            reports.addFirst(report);
            if (reports.size() > REPORTS_MAX) {
                reports.removeLast();
            }
        }
        listeners.forEach(listener -> listener.accept(report));
    }

    /** What is still being built or closed must not outlive the rest. */
    private static void awaitEnd(ScheduledThreadPoolExecutor thread) {
        try {
            if (!thread.awaitTermination(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "a plugin is still being loaded or closed, and is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor thread(String name) {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(ChainReloader.class.getClassLoader());
            return thread;
        };
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemons);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
