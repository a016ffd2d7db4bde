package dev.gatehouse.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.Seeds;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * First frames, made up by a fuzzer that watches which code they reach. A build looks at the seeds alone; {@code
 * system-tests/fuzz connect} goes on from them.
 */
class ConnectFrameFuzzTest {

    private static final long NOW = 1_700_000_000_000L;

    @TestFactory
    Stream<DynamicTest> seeds() throws IOException {
        return Seeds.of("connect", ConnectFrameFuzzTest::fuzzerTestOneInput);
    }

    /** Jazzer calls this: whatever comes, it is read or refused, and no device is taken for one that signed. */
    public static void fuzzerTestOneInput(byte[] text) {
        FirstFrame first = ConnectFrame.parse(new String(text, StandardCharsets.UTF_8));
        if (first instanceof Malformed malformed) {
            assertThat(malformed.refusal().closeReason()).isNotBlank();
            assertThat(malformed.refusal().closeReason().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(120);
            return;
        }
        ConnectFrame frame = (ConnectFrame) first;
        if (Preconditions.check(frame, Optional.empty()).isEmpty()) {
            DeviceProof proof = DeviceProofs.verify(frame, "a nonce that nobody signed", NOW);
            assertThat(proof).isNotInstanceOf(DeviceProof.Verified.class);
            assertThat(frame.toContext(ConnectFixture.cli().upgrade(), proof).requestedScopes())
                    .isEqualTo(frame.requestedScopes());
        }
    }
}
