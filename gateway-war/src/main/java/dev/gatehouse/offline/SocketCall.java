package dev.gatehouse.offline;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Brings an order to the gateway that listens in a home, if one does. */
final class SocketCall {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private SocketCall() {}

    /** Whether a gateway listens there now. */
    static boolean isAnswered(OwnerFolder folder) throws IOException {
        Optional<SocketChannel> connected = connect(folder);
        if (connected.isPresent()) {
            connected.get().close();
        }
        return connected.isPresent();
    }

    /**
     * Has an order carried out by the running gateway.
     *
     * @return what it says, or empty when none runs
     * @throws CommandFailed when one listens and does not answer
     */
    static Optional<Reply> ask(OwnerFolder folder, Order order) {
        try {
            Optional<SocketChannel> connected = connect(folder);
            return connected.isPresent() ? Optional.of(exchange(connected.get(), order)) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new CommandFailed(
                    "the running gateway answered something else than was asked; use the command of its own version",
                    e);
        } catch (IOException e) {
            throw new CommandFailed(
                    "the gateway that listens in " + folder.folder() + " did not answer (" + e.getMessage()
                            + "); look with 'devices list' what was done, and restart the gateway if it goes on",
                    e);
        }
    }

    private static Reply exchange(SocketChannel channel, Order order) throws IOException {
        Timer deadline = new Timer("gatehouse-command-deadline", true);
        deadline.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        close(channel);
                    }
                },
                PATIENCE.toMillis());
        try (channel) {
            Exchange.writeLine(channel, Wire.line(order));
            return Wire.read(Exchange.readLine(channel, Wire.ANSWER_MAX), Reply.class);
        } finally {
            deadline.cancel();
        }
    }

    private static Optional<SocketChannel> connect(OwnerFolder folder) throws IOException {
        Optional<Path> socket = folder.socket();
        if (socket.isEmpty()) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket.get()));
            return Optional.of(channel);
        } catch (ConnectException e) {
            channel.close();
            return Optional.empty(); // a gateway that crashed left its socket behind
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a connection cannot be given up", e);
        }
    }
}
