package dev.gatehouse.refusal;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.refusal.Occurrences.MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;

class RefusalsTest {

    private static final int MAX = 100;
    private static final Duration KEEP = Duration.ofDays(7);

    private final RegistryFixture fixture = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final Refusals refusals = refusals();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void identicalRefusals_ofOneClient_areOneUnderOneId() {
        String first = refusals.keep(Occurrences.from("192.0.2.1"));
        clock.advance(Duration.ofMinutes(5));
        String second = refusals.keep(Occurrences.from("192.0.2.1"));

        assertThat(second).isEqualTo(first).matches("[0-9a-f]{10}");
        assertThat(all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.count()).isEqualTo(2);
            assertThat(refusal.firstAt()).isEqualTo(clock.instant().minus(Duration.ofMinutes(5)));
            assertThat(refusal.lastAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void refusals_thatDifferInAnythingThatMatters_areNotOne() {
        ConnectFixture client = ConnectFixture.cli().from("192.0.2.1");
        List<String> ids = new ArrayList<>();
        ids.add(refusals.keep(Occurrences.of(client, MISMATCH)));
        ids.add(refusals.keep(Occurrences.of(client.from("192.0.2.2"), MISMATCH)));
        ids.add(refusals.keep(Occurrences.of(client.withOrigin("https://a.example"), MISMATCH)));
        ids.add(refusals.keep(Occurrences.of(client.withHost("b.example"), MISMATCH)));
        ids.add(refusals.keep(Occurrences.of(ConnectFixture.node().from("192.0.2.1"), MISMATCH)));
        ids.add(refusals.keep(Occurrences.of(client.withDevice(), MISMATCH)));
        ids.add(refusals.keep(Occurrences.of(client, MISMATCH.withDetail("requestId", "r-1"))));
        ids.add(refusals.keep(
                Occurrences.of(client, VetoReason.of("ANOTHER", VetoReason.Effect.IDENTIFY, "another reason"))));

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void device_fromTwoAddresses_isOneClient() {
        ConnectFixture device = ConnectFixture.cli().withDevice();

        assertThat(refusals.keep(Occurrences.of(device.from("192.0.2.1"), MISMATCH)))
                .isEqualTo(refusals.keep(Occurrences.of(device.from("192.0.2.2"), MISMATCH)));
    }

    @Test
    void refusals_beyondTheirNumber_leaveTheLatest() {
        for (int i = 0; i < MAX + 20; i++) {
            refusals.keep(Occurrences.from("192.0.2." + i));
        }

        assertThat(all()).hasSize(MAX);
        assertThat(all()).noneMatch(refusal -> refusal.account().seen().peer().equals("192.0.2.19"));
    }

    @Test
    void oneAddress_withManyRefusals_doesNotPushOutThoseOfOthers() {
        String honest = refusals.keep(Occurrences.from("198.51.100.1"));
        for (int i = 0; i < 3 * MAX; i++) {
            refusals.keep(Occurrences.of(
                    ConnectFixture.cli().from("192.0.2.1").withOrigin("https://a" + i + ".example"), MISMATCH));
        }

        assertThat(refusals.find(honest)).isPresent();
        assertThat(all()).hasSize(MAX / 2 + 1);
    }

    @Test
    void refusal_thatWasToldLastTooLongAgo_isForgotten_alsoWhereItWasWritten() {
        String id = refusals.keep(Occurrences.from("192.0.2.1"));
        refusals.flush();
        clock.advance(KEEP.plusSeconds(1));
        refusals.flush();

        assertThat(refusals.find(id)).isEmpty();
        assertThat(all()).isEmpty();
        clock.advance(KEEP.negated());
        assertThat(refusals().find(id)).isEmpty();
    }

    @Test
    void refusals_afterARestart_areThere_andGoOnUnderTheirIds() {
        String id = refusals.keep(Occurrences.from("192.0.2.1"));
        refusals.keep(Occurrences.from("192.0.2.2"));
        refusals.flush();
        refusals.keep(Occurrences.from("192.0.2.1"));
        refusals.flush();
        List<KeptRefusal> before = all();

        Refusals restarted = refusals();
        restarted.load();

        assertThat(restarted.list(RefusalFilter.ALL, RefusalCursor.START, MAX)).isEqualTo(before);
        assertThat(restarted.keep(Occurrences.from("192.0.2.1"))).isEqualTo(id);
        assertThat(restarted.find(id).orElseThrow().count()).isEqualTo(3);
    }

    @Test
    void refusal_thatHadToMakeRoom_isNotThereAfterARestart() {
        String first = refusals.keep(Occurrences.from("192.0.2.1"));
        refusals.flush();
        for (int i = 2; i <= MAX + 1; i++) {
            refusals.keep(Occurrences.from("192.0.2." + i));
        }
        refusals.flush();

        assertThat(refusals().find(first)).isEmpty();
    }

    @Test
    void refusal_ofAnotherNode_isFoundByItsId() {
        Refusals other = refusals();
        String id = other.keep(Occurrences.from("192.0.2.1"));
        other.flush();

        assertThat(refusals.find(id)).isPresent();
        assertThat(refusals.find("'; drop table refusal; --")).isEmpty();
    }

    @Test
    void databaseThatIsDown_costsNoRefusal() {
        String id = refusals.keep(Occurrences.from("192.0.2.1"));
        fixture.database.close();

        refusals.flush();

        assertThat(refusals.find(id)).isPresent();
    }

    @Test
    void hostileText_survivesBeingWritten() {
        String hostile = "\u202E<b>\u0000\u001B[2J\n\uD83D\uDE00" + "x".repeat(1000);
        String id = refusals.keep(Occurrences.of(
                ConnectFixture.cli().withHeader("user-agent", hostile).withOrigin("\uD800"), MISMATCH));
        refusals.flush();

        Refusals restarted = refusals();
        restarted.load();

        Seen seen = restarted.find(id).orElseThrow().account().seen();
        assertThat(seen.userAgent().orElseThrow()).hasSize(300).startsWith(hostile.substring(0, 20));
        assertThat(seen.origin()).contains("\uD800");
    }

    @Test
    void list_isFiltered_andPaged() {
        for (int i = 0; i < 5; i++) {
            refusals.keep(Occurrences.from("192.0.2." + i));
            clock.advance(Duration.ofSeconds(i % 2));
        }
        String device = refusals.keep(Occurrences.of(ConnectFixture.cli().withDevice(), MISMATCH));
        RefusalFilter ofDevice =
                new RefusalFilter(Optional.of(MISMATCH.code()), Optional.of(ConnectFixture.DEVICE.deviceId()));

        assertThat(refusals.list(ofDevice, RefusalCursor.START, MAX))
                .extracting(KeptRefusal::id)
                .containsExactly(device);
        assertThat(paged(2)).isEqualTo(all()).hasSize(6);
        assertThat(refusals.list(new RefusalFilter(Optional.of("NOTHING"), Optional.empty()), RefusalCursor.START, MAX))
                .isEmpty();
    }

    private List<KeptRefusal> paged(int limit) {
        List<KeptRefusal> pages = new ArrayList<>();
        RefusalCursor after = RefusalCursor.START;
        for (List<KeptRefusal> page = refusals.list(RefusalFilter.ALL, after, limit);
                !page.isEmpty();
                page = refusals.list(RefusalFilter.ALL, after, limit)) {
            pages.addAll(page);
            after = RefusalCursor.parse(
                            RefusalCursor.after(page.get(page.size() - 1)).text())
                    .orElseThrow();
        }
        return pages;
    }

    private List<KeptRefusal> all() {
        return refusals.list(RefusalFilter.ALL, RefusalCursor.START, 1000);
    }

    private Refusals refusals() {
        return new Refusals(fixture.database, () -> new RefusalSettings(KEEP, MAX), new SecureRandom(), clock);
    }
}
