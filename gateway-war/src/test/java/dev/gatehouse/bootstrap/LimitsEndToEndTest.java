package dev.gatehouse.bootstrap;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Who waits because as many are there as may be. */
class LimitsEndToEndTest {

    @Test
    void device_withAsManySessionsAsItMayHave_waitsUntilOneEnds(@TempDir Path folder) throws Exception {
        try (GatewayFixture gateway =
                GatewayFixture.withToken(folder.resolve("home"), "GATEHOUSE_LIMITS_SESSIONS_PER_DEVICE", "2")) {
            Caller laptop = Caller.of(Callers.remoteCli().withToken(SECRET)).onNewDevice();
            gateway.pair(laptop);
            Peer first = gateway.connect(laptop);
            first.hello();
            gateway.admit(laptop);

            Peer third = gateway.connect(laptop);
            JsonNode error = third.error();

            assertThat(error.at("/details/code").asText()).isEqualTo("TOO_MANY_SESSIONS");
            assertThat(error.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(error.path("retryable").asBoolean()).isTrue();
            assertThat(error.path("retryAfterMs").asLong()).isEqualTo(30_000);
            assertThat(gateway.fixes(third.refusalId()).toString()).contains("waiting is enough", "after 30 s");
            gateway.admit(Caller.of(Callers.remoteCli().withToken(SECRET)));
            first.leave();
            gateway.admit(laptop);
        }
    }
}
