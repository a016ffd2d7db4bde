package dev.gatehouse.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.gatehouse.config.Home;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway's ear for its owner: a Unix domain socket in the gateway's home, which only its owner can open.
 *
 * <p>One order and one answer per connection, bounded in size and time; a few daemon threads carry them out, and when
 * too many come the rest are hung up on. A gateway that cannot have a socket warns, and works as well without. Safe for
 * concurrent use.
 */
public final class OwnerSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerSocket.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WORKERS = 2;
    private static final int WAITING_MAX = 16;

    private final OwnerFolder folder;
    private final UnaryOperator<String> desk;
    private final Duration patience;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor deadlines;
    private Optional<Listening> listening = Optional.empty();

    /**
     * A socket that does not listen yet.
     *
     * @param home the gateway's home
     * @param desk answers each line with a line
     */
    public OwnerSocket(Home home, UnaryOperator<String> desk) {
        this(OwnerFolder.of(home), desk, PATIENCE);
    }

    OwnerSocket(OwnerFolder folder, UnaryOperator<String> desk, Duration patience) {
        this.folder = folder;
        this.desk = desk;
        this.patience = patience;
        ThreadFactory daemons = daemons();
        workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), daemons);
        workers.allowCoreThreadTimeOut(true);
        deadlines = new ScheduledThreadPoolExecutor(1, daemons);
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** A bound socket, and the file that it made; another gateway may have put its own there since. */
    private record Listening(
            ServerSocketChannel channel,
            Path path,
            @Nullable Object fileKey) {}

    /** Begins to listen, or warns that it cannot. */
    public synchronized void open() {
        try {
            if (SocketCall.isAnswered(folder)) {
                LOG.warn(
                        "another gateway listens to its owner in {}; the offline commands reach that one, this one only REST",
                        folder.folder());
                return;
            }
            Listening bound = bind(folder.prepare());
            listening = Optional.of(bound);
            Thread acceptor = daemons().newThread(() -> accept(bound.channel()));
            acceptor.start();
            LOG.debug("listening to the owner on {}", bound.path());
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            LOG.warn(
                    "the offline commands (devices, keys) cannot reach this gateway while it runs: no socket in {} ({});"
                            + " REST works, and so do the commands while the gateway is stopped",
                    folder.folder(),
                    e.getMessage());
        }
    }

    private static Listening bind(Path path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), WAITING_MAX);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return new Listening(channel, path, fileKey(path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void accept(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try {
                take(channel.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("the gateway does not listen to its owner any more; the offline commands need a restart", e);
                return;
            }
        }
    }

    private void take(SocketChannel peer) {
        try {
            workers.execute(() -> serve(peer));
        } catch (RejectedExecutionException e) {
            LOG.warn("too many offline commands at once; one of them was hung up on");
            hangUp(peer);
        }
    }

    private void serve(SocketChannel peer) {
        Future<?> deadline = deadlines.schedule(() -> hangUp(peer), patience.toMillis(), TimeUnit.MILLISECONDS);
        try (peer) {
            Exchange.writeLine(peer, desk.apply(Exchange.readLine(peer, Wire.REQUEST_MAX)));
        } catch (IOException e) {
            LOG.debug("an offline command left before it was answered: {}", e.getMessage());
        } finally {
            deadline.cancel(false);
        }
    }

    private static void hangUp(SocketChannel peer) {
        try {
            peer.close();
        } catch (IOException e) {
            LOG.debug("a connection of an offline command cannot be closed", e);
        }
    }

    /** Stops listening and removes the socket; an order under way is carried out, but not answered any more. */
    @Override
    public synchronized void close() {
        listening.ifPresent(this::close);
        listening = Optional.empty();
        deadlines.shutdownNow();
        workers.shutdown();
    }

    private void close(Listening bound) {
        try {
            bound.channel().close();
            if (Files.exists(bound.path(), LinkOption.NOFOLLOW_LINKS)
                    && Objects.equals(fileKey(bound.path()), bound.fileKey())) {
                folder.remove();
            }
        } catch (IOException e) {
            LOG.warn("the socket {} is left behind: {}; the next start replaces it", bound.path(), e.getMessage());
        }
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "gatehouse-owner");
            thread.setDaemon(true);
            thread.setContextClassLoader(OwnerSocket.class.getClassLoader());
            return thread;
        };
    }
}
