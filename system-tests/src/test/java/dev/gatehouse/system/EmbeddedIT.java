package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway on the embedded default, and what only that server promises. */
class EmbeddedIT extends RunningGateway {

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int SIGTERM = 143;

    EmbeddedIT() {
        super(EmbeddedServer::start);
    }

    @Override
    public int silentSockets() {
        return 1_000;
    }

    @Test
    void secrets_writtenAtFirstStart_areReadableByTheirOwnerOnly() throws IOException {
        for (String name : new String[] {"gateway-token", "api-key"}) {
            assertThat(Files.getPosixFilePermissions(
                            server().home().resolve("secrets").resolve(name)))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void secondGateway_onTheSamePort_saysSoInOneSentence() {
        try (OwnProcess second = EmbeddedServer.launch(server().port(), Checkout.freshFolder("embedded-second"))) {
            assertThat(second.exitCode(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(TextFile.read(second.log()).strip())
                    .contains("cannot listen on 127.0.0.1:" + server().port())
                    .hasLineCount(1);
        }
    }

    @Test
    void sigterm_whileServing_endsTheProcessInTime() {
        try (EmbeddedServer other = EmbeddedServer.start()) {
            other.process().terminate();

            assertThat(other.process().exitCode(STOP)).isEqualTo(SIGTERM);
        }
    }
}
