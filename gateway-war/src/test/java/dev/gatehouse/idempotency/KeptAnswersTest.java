package dev.gatehouse.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.gatehouse.device.MutableClock;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class KeptAnswersTest {

    private static final Secret CREDENTIAL = Secret.of("gk_00000000_" + "s".repeat(43));
    private static final Seal SEAL = Seal.of(CREDENTIAL, "order-1");
    private static final byte[] ASKED = bytes("POST /keys {}");
    private static final String CANARY = "canary-1f6c";

    private final RegistryFixture fixture = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final KeptAnswers answers = new KeptAnswers(fixture.database, clock, new SecureRandom());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void call_madeAgain_isAnsweredAsBefore() {
        assertThat(begin(SEAL, ASKED)).isInstanceOf(Standing.Fresh.class);
        answers.keep(SEAL, new KeptAnswer(201, Map.of("Location", "/keys/1"), bytes(CANARY)));

        // Another object is another node, or the same one after a restart.
        Standing again = new KeptAnswers(fixture.database, clock, new SecureRandom())
                .begin("key", Seal.of(CREDENTIAL, "order-1"), ASKED);

        assertThat(again).isInstanceOfSatisfying(Standing.Answered.class, known -> {
            assertThat(known.answer().status()).isEqualTo(201);
            assertThat(known.answer().headers()).isEqualTo(Map.of("Location", "/keys/1"));
            assertThat(known.answer().body()).isEqualTo(bytes(CANARY));
        });
    }

    @Test
    void call_underAKnownKey_butOther_isTold() {
        begin(SEAL, ASKED);

        assertThat(begin(SEAL, bytes("POST /keys {\"label\":\"x\"}"))).isInstanceOf(Standing.Reused.class);
    }

    @Test
    void call_ofAnotherCredential_isAnotherCall() {
        begin(SEAL, ASKED);

        assertThat(begin(Seal.of(Secret.of("gk_00000001_" + "s".repeat(43)), "order-1"), ASKED))
                .isInstanceOf(Standing.Fresh.class);
    }

    @Test
    void call_notAnswered_isUnderWay_andThenOfUnknownOutcome_butNeverFresh() {
        begin(SEAL, ASKED);
        assertThat(begin(SEAL, ASKED)).isInstanceOf(Standing.UnderWay.class);

        clock.advance(KeptAnswers.LONGEST_CALL.plusSeconds(1));

        assertThat(begin(SEAL, ASKED))
                .isEqualTo(new Standing.Unknown(
                        clock.instant().minus(KeptAnswers.LONGEST_CALL).minusSeconds(1)));
    }

    @Test
    void call_thatFailed_isOfUnknownOutcomeAtOnce() {
        begin(SEAL, ASKED);
        answers.lose(SEAL);

        assertThat(begin(SEAL, ASKED)).isInstanceOf(Standing.Unknown.class);
    }

    @Test
    void call_thatChangedNothing_canBeMadeAgain() {
        begin(SEAL, ASKED);
        answers.forget(SEAL);

        assertThat(begin(SEAL, ASKED)).isInstanceOf(Standing.Fresh.class);
    }

    @Test
    void answer_ofTheDayBefore_isForgotten() {
        begin(SEAL, ASKED);
        answers.keep(SEAL, new KeptAnswer(204, Map.of(), new byte[0]));
        clock.advance(KeptAnswers.KEPT);

        assertThat(begin(SEAL, ASKED)).isInstanceOf(Standing.Fresh.class);
        clock.advance(KeptAnswers.KEPT);
        assertThat(answers.forgetOld()).isEqualTo(1);
    }

    @Test
    void calls_ofOneApiKey_areBounded_untilTheOldestIsForgotten() {
        for (int i = 0; i < KeptAnswers.MAX_PER_KEY; i++) {
            assertThat(begin(Seal.of(CREDENTIAL, "n" + i), ASKED)).isInstanceOf(Standing.Fresh.class);
        }

        assertThat(begin(SEAL, ASKED)).isEqualTo(new Standing.Full(KeptAnswers.KEPT));
        assertThat(answers.begin("other", SEAL, ASKED)).isInstanceOf(Standing.Fresh.class);
        clock.advance(KeptAnswers.KEPT);
        assertThat(begin(Seal.of(CREDENTIAL, "one more"), ASKED)).isInstanceOf(Standing.Fresh.class);
    }

    @Test
    void call_madeByManyAtOnce_isFreshForOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                Seal seal = Seal.of(CREDENTIAL, "race-" + round);
                List<Callable<Standing>> calls = IntStream.range(0, 4)
                        .<Callable<Standing>>mapToObj(i -> () -> begin(seal, ASKED))
                        .toList();

                int fresh = 0;
                for (Future<Standing> call : threads.invokeAll(calls, 30, TimeUnit.SECONDS)) {
                    fresh += call.get() instanceof Standing.Fresh ? 1 : 0;
                }

                assertThat(fresh).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsKept_tellsNothingOfCallerKeyOrAnswer() {
        begin(SEAL, ASKED);
        answers.keep(SEAL, new KeptAnswer(201, Map.of("Location", CANARY), bytes(CANARY)));

        String row = fixture.database.jdbc(connection -> {
            try (Statement query = connection.createStatement();
                    ResultSet found = query.executeQuery("select * from idempotent_call")) {
                StringBuilder all = new StringBuilder();
                while (found.next()) {
                    for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                        all.append(found.getString(column)).append('\n');
                    }
                }
                return all.toString();
            }
        });

        assertThat(row).doesNotContain(CANARY, "order-1", CREDENTIAL.expose(), "POST");
    }

    @Test
    void seal_opensWithTheSameCredentialAndKeyOnly() {
        String closed = SEAL.close(bytes(CANARY), new SecureRandom());

        assertThat(SEAL.open(closed)).isEqualTo(bytes(CANARY));
        for (Seal other : List.of(Seal.of(CREDENTIAL, "order-2"), Seal.of(Secret.of("another"), "order-1"))) {
            assertThat(catchThrowable(() -> other.open(closed))).isInstanceOf(IllegalStateException.class);
        }
    }

    private Standing begin(Seal seal, byte[] asked) {
        return answers.begin("key", seal, asked);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
