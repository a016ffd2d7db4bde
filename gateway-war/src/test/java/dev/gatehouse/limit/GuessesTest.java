package dev.gatehouse.limit;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.limit.Guesses.Entry;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuessesTest {

    private static final String OFFICE = "203.0.113.7";
    private static final String ELSEWHERE = "198.51.100.1";
    private static final int PER_HOUR = 100;
    private static final int UNTIL_LOCKED = 16;
    private static final String KNOWN = "a".repeat(64);

    private static final VetoReason MISMATCH =
            VetoReason.of("AUTH_TOKEN_MISMATCH", VetoReason.Effect.IDENTIFY, "unauthorized: gateway token mismatch");

    private static final List<String> WRONG = List.of(MISMATCH.code());

    private final RegistryFixture registry = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final Set<String> known = new HashSet<>(List.of(KNOWN));
    private Guesses guesses = node();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void wrongSecrets_areFree_thenSlowed_thenLocked_andNoRetryProlongsTheLock() {
        assertThat(IntStream.range(0, Standing.FREE).mapToObj(i -> guess(OFFICE, "wrong-" + i)))
                .containsOnly(MISMATCH);
        assertThat(wait(guess(OFFICE, "slowed"))).isEqualTo(Duration.ofSeconds(1));
        for (int i = Standing.FREE + 1; i < UNTIL_LOCKED; i++) {
            guess(OFFICE, "slowed-" + i);
        }
        assertThat(guesses.locked()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(4));
        VetoReason told = guess(OFFICE, "during the lock");

        assertThat(told.code()).isEqualTo("TOO_MANY_GUESSES");
        assertThat(wait(told)).isEqualTo(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(guess(OFFICE, "after the lock")).isEqualTo(MISMATCH);
    }

    @Test
    void sameWrongSecret_isNoNewGuess_whoeverShowsIt() {
        for (int i = 0; i < 500; i++) {
            assertThat(guess("203.0.113." + i % 250, "stale")).isEqualTo(MISMATCH);
        }

        assertThat(guesses.left()).isEqualTo(PER_HOUR - 1);
    }

    @Test
    void sameWrongSecret_besideAnotherOne_isAnotherGuess() {
        for (int i = 0; i < 5; i++) {
            refuse(client(OFFICE).withToken("stale").withBootstrapToken("code-" + i));
        }

        assertThat(guesses.left()).isEqualTo(PER_HOUR - 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH_TOKEN_MISSING",
                "AUTH_PASSWORD_MISSING",
                "DEVICE_AUTH_SIGNATURE_INVALID",
                "CONTROL_UI_ORIGIN_NOT_ALLOWED",
                "PAIRING_REQUIRED",
                "OUT_OF_HOURS"
            })
    void refusal_thatSaysNothingAboutASecret_isNoGuess(String code) {
        VetoReason reason = VetoReason.of(code, VetoReason.Effect.IDENTIFY, "no");

        for (int i = 0; i < 50; i++) {
            assertThat(guesses.refused(client(OFFICE).withToken("t" + i).connect(), reason, List.of(code)))
                    .isEqualTo(reason);
        }

        assertThat(guesses.left()).isEqualTo(PER_HOUR);
    }

    @Test
    void wrongSecret_thatAnotherReasonHides_isCountedAllTheSame() {
        VetoReason told = VetoReason.of("SSO_MISSING", VetoReason.Effect.IDENTIFY, "sign in first");

        for (int i = 0; i < UNTIL_LOCKED; i++) {
            var unused = guesses.refused(
                    client(OFFICE).withToken("t" + i).connect(), told, List.of(told.code(), MISMATCH.code()));
        }

        assertThat(guesses.locked()).isEqualTo(1);
    }

    @Test
    void lockedAddress_isComparedWhileHalfOfTheHourIsLeft_andOthersWithTheRest() {
        long fromOneAddress = letThrough(OFFICE, 1000);

        assertThat(fromOneAddress).isEqualTo(PER_HOUR / 2);
        assertThat(guesses.begin(client(OFFICE).withToken("right").connect())).isInstanceOf(Entry.Shut.class);
        assertThat(guesses.begin(client(ELSEWHERE).withToken("right").connect()))
                .isInstanceOf(Entry.Open.class);
    }

    @Test
    void guesses_ofHoweverManyAddresses_areNoMoreThanTheHourHas_alsoWithARestart() {
        long before = IntStream.range(0, 40)
                .mapToLong(i -> letThrough("203.0.113." + i, 2))
                .sum();
        guesses.flush();
        guesses = node();
        guesses.look();
        long after = IntStream.range(40, 200)
                .mapToLong(i -> letThrough("203.0.113." + i, 2))
                .sum();

        assertThat(before + after).isEqualTo(PER_HOUR);
        assertThat(guesses.left()).isZero();
        Entry.Shut shut =
                (Entry.Shut) guesses.begin(client(ELSEWHERE).withToken("right").connect());
        assertThat(shut.reason().message()).startsWith("too many wrong secrets on this gateway until ");
        clock.advance(wait(shut.reason()));
        assertThat(guesses.begin(client(ELSEWHERE).withToken("right").connect()))
                .isInstanceOf(Entry.Open.class);
    }

    @Test
    void attempts_thatAreComparedAtTheSameTime_areNoMoreThanTheHourHas() {
        List<Entry> together = IntStream.range(0, 500)
                .mapToObj(i -> guesses.begin(
                        client("203.0.113." + i % 250).withToken("t" + i).connect()))
                .toList();

        assertThat(together.stream().filter(Entry.Open.class::isInstance)).hasSize(PER_HOUR);
        together.stream()
                .filter(Entry.Open.class::isInstance)
                .map(Entry.Open.class::cast)
                .forEach(open -> {
                    open.ticket().close();
                    open.ticket().close();
                });
        assertThat(letThrough(ELSEWHERE, 1000)).isEqualTo(PER_HOUR / 2);
    }

    @Test
    void knownDevice_isNeverRefusedBecauseOfOthers_norCountedWithThem() {
        IntStream.range(0, 200).forEach(i -> letThrough("203.0.113." + i, 2));
        ConnectContext laptop = onDevice(client(OFFICE).withToken("right"), KNOWN);
        ConnectContext stranger = onDevice(client(OFFICE).withToken("right"), "b".repeat(64));

        Entry.KnownOnly entry = (Entry.KnownOnly) guesses.begin(laptop);
        assertThat(guesses.isKnown(entry)).isTrue();
        assertThat(guesses.isKnown((Entry.KnownOnly) guesses.begin(stranger))).isFalse();

        assertThat(guesses.refused(onDevice(client(OFFICE).withToken("own mistake"), KNOWN), MISMATCH, WRONG))
                .isEqualTo(MISMATCH);
    }

    @Test
    void knownDevice_thatGuesses_isLockedByItself_andItsNeighboursAreNot() {
        for (int i = 0; i < UNTIL_LOCKED; i++) {
            var unused = guesses.refused(onDevice(client(OFFICE).withToken("w" + i), KNOWN), MISMATCH, WRONG);
        }

        Entry.Shut shut = (Entry.Shut) guesses.begin(onDevice(client(ELSEWHERE).withToken("right"), KNOWN));
        assertThat(shut.reason().message()).startsWith("too many wrong secrets from this device until ");
        assertThat(guess(OFFICE, "of a neighbour")).isEqualTo(MISMATCH);
        assertThat(guesses.begin(onDevice(client(OFFICE).withDeviceToken("its token"), KNOWN)))
                .isInstanceOf(Entry.Open.class);
    }

    @Test
    void addresses_ofOneSlash64_areOneGuesser() {
        for (int i = 1; i <= UNTIL_LOCKED; i++) {
            guess("2001:db8::" + i, "w" + i);
        }

        assertThat(guess("2001:db8::ff", "another").code()).isEqualTo("TOO_MANY_GUESSES");
        assertThat(guess("2001:db8:0:1::1", "next door")).isEqualTo(MISMATCH);
    }

    @Test
    void lock_holdsOverARestart_andIsKnownToOtherNodes() {
        Guesses other = node();
        for (int i = 0; i < UNTIL_LOCKED; i++) {
            guess(OFFICE, "w" + i);
        }

        guesses = node(); // as after a crash: nothing was flushed or closed
        guesses.look();
        other.look();

        assertThat(guesses.locked()).isEqualTo(1);
        assertThat(other.locked()).isEqualTo(1);
        assertThat(guesses.left()).isEqualTo(PER_HOUR - UNTIL_LOCKED);
        assertThat(wait(guess(OFFICE, "after the restart"))).isEqualTo(Standing.LOCK);
    }

    @Test
    void nodes_thatShareADatabase_shareTheHour() {
        Guesses other = node();
        letThrough(OFFICE, 5);
        guesses.flush();

        other.look();
        assertThat(other.left()).isEqualTo(PER_HOUR - 5);
        guesses.flush();
        guesses.look();

        assertThat(guesses.left()).isEqualTo(PER_HOUR - 5);
    }

    @Test
    void whatSaysNothingAnyMore_isForgotten() {
        for (int i = 0; i < UNTIL_LOCKED; i++) {
            guess(OFFICE, "w" + i);
        }
        clock.advance(Duration.ofHours(2));

        guesses.look();

        assertThat(rows("guess_minute") + rows("guess_standing")).isZero();
        assertThat(guesses.left()).isEqualTo(PER_HOUR);
    }

    @Test
    void database_thatCannotAnswer_makesNobodyRight() {
        registry.database.close();

        for (int i = 0; i < UNTIL_LOCKED; i++) {
            guess(OFFICE, "w" + i);
        }

        assertThat(guesses.locked()).isEqualTo(1);
        assertThat(guess(OFFICE, "more").code()).isEqualTo("TOO_MANY_GUESSES");
    }

    private long rows(String table) {
        return registry.database.<Long>jdbc(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Lets so many wrong secrets come one after the other, and says how many of them were compared. */
    private long letThrough(String address, int attempts) {
        return IntStream.range(0, attempts)
                .filter(i -> isCompared(client(address).withToken(address + " " + i + " " + clock.millis())))
                .count();
    }

    private boolean isCompared(ConnectFixture client) {
        if (guesses.begin(client.connect()) instanceof Entry.Open open) {
            var unused = guesses.refused(client.connect(), MISMATCH, WRONG);
            open.ticket().close();
            return true;
        }
        return false;
    }

    private VetoReason guess(String address, String token) {
        return refuse(client(address).withToken(token));
    }

    private VetoReason refuse(ConnectFixture client) {
        return guesses.refused(client.connect(), MISMATCH, WRONG);
    }

    private static ConnectFixture client(String address) {
        return ConnectFixture.cli().from(address);
    }

    private static ConnectContext onDevice(ConnectFixture client, String device) {
        return client.withDeviceProof(new DeviceProof.Verified(device, "key")).connect();
    }

    private static Duration wait(VetoReason told) {
        return ((VetoReason.Retry.After) told.retry()).delay();
    }

    private Guesses node() {
        return new Guesses(
                registry.database,
                () -> new LimitSettings(32, 1000, 64, 10_000, PER_HOUR),
                known::contains,
                clock,
                new SecureRandom());
    }
}
