package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.session.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Wrong clients and right ones behind one address, and what a restart changes for them: nothing. */
class GuessesEndToEndTest {

    private static final int PER_HOUR = 100;
    private static final int WRONG = 200;
    private static final int RIGHT = 20;
    private static final int UNTIL_LOCKED = 16;

    @TempDir
    private Path folder;

    @Test
    void rightClients_besideTwoHundredWrongOnes_areNeverRefused_andTheGuessesAreBounded_alsoWithARestart()
            throws Exception {
        List<Caller> right = IntStream.range(0, RIGHT)
                .mapToObj(i -> Caller.of(Callers.remoteCli().withToken(SECRET)).onNewDevice())
                .toList();
        long compared = 0;
        try (GatewayFixture gateway = start()) {
            right.forEach(gateway::pair);
            compared += round(gateway, right, "first");
        }
        try (GatewayFixture gateway = start()) {
            compared += round(gateway, right, "second");
        }

        assertThat(compared).isEqualTo(PER_HOUR / 2); // one address, once it is locked, leaves the other half
    }

    @Test
    void rightSecret_fromALockedAddress_comesInWithoutADevice_whileThereAreGuessesLeft() throws Exception {
        try (GatewayFixture gateway = start()) {
            for (int i = 0; i < UNTIL_LOCKED; i++) {
                var unused = isCompared(gateway, "wrong-" + i);
            }

            JsonNode told = gateway.connect(wrong("another")).error();

            assertThat(told.at("/details/code").asText()).isEqualTo("AUTH_UNAUTHORIZED");
            assertThat(told.at("/details/reason").asText()).isEqualTo("TOO_MANY_GUESSES");
            assertThat(told.at("/details/recommendedNextStep").asText()).isEqualTo("wait_then_retry");
            assertThat(told.path("retryable").asBoolean()).isTrue();
            assertThat(told.path("retryAfterMs").asLong()).isBetween(200_000L, 300_000L);
            assertThat(told.path("message").asText()).startsWith("too many wrong secrets from this address until ");
            gateway.admit(Caller.of(Callers.remoteCli().withToken(SECRET)));
        }
    }

    @Test
    void secretsThatWereWrong_areGuessesAgain_onceTheSecretIsAnother() throws Exception {
        try (GatewayFixture gateway = start()) {
            assertThat(isCompared(gateway, "wrong")).isTrue();
            assertThat(isCompared(gateway, "wrong")).isTrue();
            assertThat(gateway.guessesLeft()).isEqualTo(PER_HOUR - 1);

            gateway.rewriteSecret("another-long-random-secret");

            Eventually.holds("the same secret is another guess", () -> {
                gateway.lookAtSecrets(); // which are read anew a moment later only
                var unused = gateway.connect(wrong("wrong")).error();
                return gateway.guessesLeft() == PER_HOUR - 2;
            });
        }
    }

    /** Lets every wrong client guess twice, with right ones in between; says how many guesses the chain examined. */
    private static long round(GatewayFixture gateway, List<Caller> right, String name) throws Exception {
        long compared = 0;
        for (int i = 0; i < 2 * WRONG; i++) {
            if (isCompared(gateway, name + i)) {
                compared++;
            }
            if (i % RIGHT == 0) {
                gateway.admit(right.get(i / RIGHT));
            }
        }
        gateway.admit(Caller.of(Callers.localCli().withToken(SECRET)));
        return compared;
    }

    /** Shows a wrong secret; says whether any check was asked about it. */
    private static boolean isCompared(GatewayFixture gateway, String secret) throws Exception {
        Peer guesser = gateway.connect(wrong(secret));
        var unused = guesser.error();
        return !gateway.refusal(guesser.refusalId()).account().checks().isEmpty();
    }

    private static Caller wrong(String secret) {
        return Caller.of(Callers.remoteCli().withToken(secret));
    }

    private GatewayFixture start() {
        return GatewayFixture.withToken(
                folder.resolve("home"), "GATEHOUSE_LIMITS_GUESSES_PER_HOUR", String.valueOf(PER_HOUR));
    }
}
