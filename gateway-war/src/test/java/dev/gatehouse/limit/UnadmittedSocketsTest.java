package dev.gatehouse.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnadmittedSocketsTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final MutableClock clock = new MutableClock();
    private final UnadmittedSockets sockets =
            new UnadmittedSockets(() -> new LimitSettings(2, 5, 64, 10_000, 1000), () -> LONGEST, clock);

    @Test
    void address_withAsManyAsItMayHave_hasNoPlace_andOthersHave() {
        enter("203.0.113.7");
        enter("203.0.113.7");

        assertThat(tryToEnter("203.0.113.7")).isEmpty();
        assertThat(tryToEnter("203.0.113.8")).isPresent();
    }

    @Test
    void addresses_ofOneSlash64_shareTheirPlaces() {
        enter("2001:db8::1");
        enter("2001:db8::ffff:0:0:2");

        assertThat(tryToEnter("2001:db8:0:0:1::3")).isEmpty();
        assertThat(tryToEnter("2001:db8:0:1::1")).isPresent();
    }

    @Test
    void everybody_hasNoPlace_whenAllAreTaken() {
        IntStream.rangeClosed(1, 5).forEach(i -> enter("203.0.113." + i));

        assertThat(tryToEnter("203.0.113.9")).isEmpty();
    }

    @Test
    void place_thatIsGivenBackTwice_isFreeOnce() {
        Place first = enter("203.0.113.7");
        enter("203.0.113.7");
        first.leave();
        first.leave();

        enter("203.0.113.7");

        assertThat(tryToEnter("203.0.113.7")).isEmpty();
        assertThat(sockets.count()).isEqualTo(2);
    }

    @Test
    void place_thatNobodyGivesBack_lapsesOnceTheHandshakeMustBeOver() {
        Place forgotten = enter("203.0.113.7");
        clock.advance(LONGEST.dividedBy(2));
        enter("203.0.113.7");
        clock.advance(LONGEST.dividedBy(2));

        enter("203.0.113.7");
        assertThat(tryToEnter("203.0.113.7")).isEmpty();
        forgotten.leave();

        assertThat(tryToEnter("203.0.113.7")).isEmpty();
        assertThat(sockets.count()).isEqualTo(2);
    }

    @Test
    void place_travelsAmongTheProperties_andIsTakenOutOnce() {
        Map<String, Object> properties = new HashMap<>();
        enter("203.0.113.7").putInto(properties);

        Place.takeFrom(properties).leave();

        assertThat(sockets.count()).isZero();
        assertThat(properties).isEmpty();
        assertThat(Place.takeFrom(properties).isTaken()).isFalse();
        Place.takeFrom(properties).leave();
    }

    @Test
    void places_thatManyThreadsTakeAndGiveBack_areAllFreeInTheEnd() {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> IntStream.range(0, 1000)
                        .forEach(i -> tryToEnter("203.0.113." + i % 3).ifPresent(Place::leave))))
                .toList();

        assertThat(CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(30));
        assertThat(sockets.count()).isZero();
        assertThat(tryToEnter("203.0.113.1")).isPresent();
        assertThat(tryToEnter("203.0.113.1")).isPresent();
    }

    private Place enter(String address) {
        return tryToEnter(address).orElseThrow();
    }

    private Optional<Place> tryToEnter(String address) {
        try {
            return sockets.enter(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
