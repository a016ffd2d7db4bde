package dev.gatehouse.offline;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OwnerSocketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Order ORDER =
            Invocation.parse(List.of("devices", "list")).order();

    @TempDir
    private Path root;

    @Test
    void order_isAnswered_overASocketThatOnlyTheOwnerCanOpen() throws IOException {
        OwnerFolder folder = folder();
        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            socket.open();

            assertThat(asked(folder)).contains("first");
            assertThat(permissions(folder.folder())).isEqualTo("rwx------");
            assertThat(permissions(folder.folder().resolve("socket"))).isEqualTo("rw-------");
        }
        assertThat(folder.folder()).isEmptyDirectory();
        assertThat(SocketCall.ask(folder, ORDER)).isEmpty();
    }

    @Test
    void folder_thatOthersCouldEnter_isClosedToThem_andNotTrustedByTheCommand() throws IOException {
        OwnerFolder folder = folder();
        Files.createDirectory(
                folder.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            socket.open();
            assertThat(permissions(folder.folder())).isEqualTo("rwx------");

            Files.setPosixFilePermissions(folder.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThatThrownBy(() -> SocketCall.ask(folder, ORDER))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("could be used by others");
        }
    }

    @Test
    void socketOfACrashedGateway_isNobody_andIsReplaced() throws IOException {
        OwnerFolder folder = folder();
        Path stale = folder.prepare();
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(stale)); // closing it leaves the file behind
        }
        assertThat(stale).exists();
        assertThat(SocketCall.ask(folder, ORDER)).isEmpty();

        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            socket.open();
            assertThat(asked(folder)).contains("first");
        }
    }

    @Test
    void secondGatewayOnOneHome_leavesTheFirstItsSocket() {
        OwnerFolder folder = folder();
        try (OwnerSocket first = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            first.open();
            try (OwnerSocket second = new OwnerSocket(folder, line -> Wire.line(Reply.done("second")), PATIENCE)) {
                second.open();
                assertThat(asked(folder)).contains("first");
            }
            assertThat(asked(folder)).contains("first");
        }
    }

    @Test
    void homeWithALongPath_hasItsSocketElsewhere_asPrivate() throws IOException {
        Path longHome = Files.createDirectory(root.resolve("h".repeat(120)));
        OwnerFolder folder = new OwnerFolder(longHome.resolve("owner"), root);
        Path elsewhere;
        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            socket.open();

            assertThat(asked(folder)).contains("first");
            elsewhere = folder.socket().orElseThrow();
            assertThat(elsewhere.startsWith(longHome)).isFalse();
            assertThat(permissions(elsewhere.resolveSibling(""))).isEqualTo("rwx------");
        }
        assertThat(elsewhere.resolveSibling("")).doesNotExist();
        assertThat(folder.folder()).isEmptyDirectory();
    }

    @Test
    void pathsThatAreAllTooLong_leaveTheGatewayWithoutASocket() throws IOException {
        Path longHome = Files.createDirectory(root.resolve("h".repeat(120)));
        OwnerFolder folder = new OwnerFolder(longHome.resolve("owner"), longHome);
        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            socket.open();

            assertThat(SocketCall.ask(folder, ORDER)).isEmpty();
        }
        try (Stream<Path> made = Files.list(longHome)) {
            assertThat(made).containsExactly(folder.folder());
        }
    }

    @Test
    void pointerToAFolderOfSomebodyElse_isNotFollowed() throws IOException {
        OwnerFolder folder = folder();
        folder.prepare();
        Path open = Files.createDirectory(
                root.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(
                folder.folder().resolve("socket-path"), open.resolve("socket").toString());
        try (ServerSocketChannel stranger = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stranger.bind(UnixDomainSocketAddress.of(open.resolve("socket")));

            assertThatThrownBy(() -> SocketCall.ask(folder, ORDER))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("could be used by others");
        }
    }

    @Test
    void command_thatSaysTooMuch_isHungUpOn_andTheNextIsServed() throws IOException {
        OwnerFolder folder = folder();
        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, PATIENCE)) {
            socket.open();
            ByteBuffer chunk = ByteBuffer.wrap("x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
            try (SocketChannel hostile = connect(folder)) {
                assertThatThrownBy(() -> {
                            for (int sent = 0; sent <= 2 * Wire.REQUEST_MAX; sent += chunk.capacity()) {
                                chunk.clear();
                                while (chunk.hasRemaining()) {
                                    hostile.write(chunk);
                                }
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            assertThat(asked(folder)).contains("first");
        }
    }

    @Test
    void command_thatSaysNothing_isHungUpOnAfterTheDeadline() throws IOException {
        OwnerFolder folder = folder();
        try (OwnerSocket socket = new OwnerSocket(folder, OwnerSocketTest::first, Duration.ofMillis(50))) {
            socket.open();
            try (SocketChannel silent = connect(folder)) {
                assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        }
    }

    @Test
    void commandsInNumbers_areHungUpOn_andTheGatewayGoesOn() throws Exception {
        OwnerFolder folder = folder();
        CountDownLatch released = new CountDownLatch(1);
        UnaryOperator<String> slow = line -> {
            awaiting(released);
            return Wire.line(Reply.done("first"));
        };
        try (OwnerSocket socket = new OwnerSocket(folder, slow, PATIENCE)) {
            socket.open();
            List<SocketChannel> crowd = new ArrayList<>();
            SocketChannel last = connect(folder);
            crowd.add(last);
            for (int i = 0; i < 40; i++) {
                last = connect(folder);
                crowd.add(last);
            }
            assertThat(last.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            released.countDown();
            for (SocketChannel each : crowd) {
                each.close();
            }
        }
    }

    private static String first(String line) {
        return Wire.line(Reply.done("first"));
    }

    private static void awaiting(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SocketChannel connect(OwnerFolder folder) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.socket().orElseThrow()));
    }

    private static Optional<String> asked(OwnerFolder folder) {
        return SocketCall.ask(folder, ORDER).flatMap(Reply::result).map(result -> result.asText());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private OwnerFolder folder() {
        return new OwnerFolder(root.resolve("owner"), root);
    }
}
