package dev.gatehouse.device;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/** Lists of devices: which, in which order, page by page. */
class DeviceListTest {

    private static final Authority OWNER = Authority.owner();

    private final RegistryFixture fixture = new RegistryFixture();
    private final DeviceRegistry registry = fixture.registry;

    /** Approved in the order of their numbers; d2 and d4 were seen, d4 first; d3 is a node as well; d5 is revoked. */
    @BeforeEach
    void pair() {
        for (int number = 1; number <= 5; number++) {
            fixture.pair("d" + number, "operator.read");
            fixture.clock.advance(Duration.ofSeconds(1));
        }
        see("d4");
        see("d2");
        registry.relabel(OWNER, "d1", "zebra");
        registry.relabel(OWNER, "d3", "100% Büro");
        fixture.approve(fixture.open(claim("d3", Role.NODE)));
        registry.revoke(OWNER, "d5", Role.OPERATOR);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Those without a label are all called Ada's laptop. */
    @ParameterizedTest
    @CsvSource({
        "-createdAt,  d5 d4 d3 d2 d1",
        "createdAt,   d1 d2 d3 d4 d5",
        "-approvedAt, d3 d5 d4 d2 d1",
        "approvedAt,  d1 d2 d4 d5 d3",
        "-lastSeenAt, d2 d4 d1 d3 d5",
        "lastSeenAt,  d4 d2 d1 d3 d5",
        "name,        d3 d2 d4 d5 d1",
        "-name,       d1 d5 d4 d2 d3"
    })
    void sort_pageByPage_isWholeAndInOrder(String sort, String expected) {
        DeviceSort order = DeviceSort.parse(sort).orElseThrow();

        for (int limit = 1; limit <= 6; limit++) {
            assertThat(String.join(" ", ids(DeviceFilter.NONE, order, limit)))
                    .as("pages of %s", limit)
                    .isEqualTo(expected);
        }
    }

    @Test
    void filter_findsThoseThatFitInEveryPart() {
        assertThat(found(filter("state", "active"))).containsExactly("d4", "d3", "d2", "d1");
        assertThat(found(filter("state", "revoked"))).containsExactly("d5");
        assertThat(found(filter("state", "expiring"))).isEmpty();
        assertThat(found(filter("role", "node"))).containsExactly("d3");
        assertThat(found(filter("platform", "LINUX"))).hasSize(5);
        assertThat(found(filter("platform", "lin"))).isEmpty();
        assertThat(found(filter("name", "ADA"))).containsExactly("d5", "d4", "d2");
        assertThat(found(filter("name", "büro"))).containsExactly("d3");
        assertThat(found(filter("name", "0%"))).containsExactly("d3");
        assertThat(found(filter("name", "z_b"))).isEmpty();
        assertThat(found(filter("client", "cli"))).hasSize(5);
        assertThat(found(filter("client", "web"))).isEmpty();
        Instant between = registry.device(OWNER, "d2").lastSeenAt().orElseThrow();
        assertThat(found(filter("since", between.toString()))).containsExactly("d2");
        assertThat(found(filter("before", between.toString()))).containsExactly("d5", "d4", "d3", "d1");
    }

    @Test
    void filter_ofTwoParts_needsBoth() {
        DeviceFilter both = new DeviceFilter(
                Optional.of(DeviceFilter.State.ACTIVE),
                Optional.empty(),
                Optional.empty(),
                Optional.of("ada"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(found(both)).containsExactly("d4", "d2");
    }

    @Test
    void pages_whileDevicesComeAndGo_missNoneAndShowNoneTwice() {
        DeviceSort name = DeviceSort.parse("name").orElseThrow();
        DeviceQuery list = new DeviceQuery(DeviceFilter.NONE, name, Optional.empty());

        List<Device> first = registry.devices(OWNER, list, 2);
        fixture.pair("d0", "operator.read"); // among those that were shown
        registry.remove(OWNER, "d2"); // where the first page ended
        List<Device> rest = registry.devices(
                OWNER, list.after(list.cursorAfter(first.get(1))).orElseThrow(), 10);

        assertThat(first).extracting(Device::deviceId).containsExactly("d3", "d2");
        assertThat(rest).extracting(Device::deviceId).containsExactly("d4", "d5", "d1");
    }

    @Test
    void cursor_ofAnotherListOrNotWhole_isNone() {
        DeviceQuery list =
                new DeviceQuery(DeviceFilter.NONE, new DeviceSort(DeviceSort.By.NAME, false), Optional.empty());
        String cursor = list.cursorAfter(registry.device(OWNER, "d3"));

        assertThat(list.after(cursor)).isPresent();
        assertThat(DeviceQuery.ALL.after(cursor)).isEmpty();
        assertThat(new DeviceQuery(filter("name", "a"), list.sort(), Optional.empty()).after(cursor))
                .isEmpty();
        assertThat(list.after(cursor.substring(1))).isEmpty();
        assertThat(list.after(cursor.substring(0, cursor.length() - 2))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "%", "nowhere", "1~d1", "AAAA", "CgoK"})
    void cursor_thatIsNone_isNone(String text) {
        assertThat(DeviceQuery.ALL.after(text)).isEmpty();
        assertThat(DeviceQuery.ALL.after("A".repeat(5_000))).isEmpty();
    }

    /** Whoever reads the source can make one. */
    @Test
    void cursor_forgedWithAValueThatIsNone_isNone() {
        String forged = new DeviceCursor(Optional.of("yesterday"), "d1").text(DeviceQuery.ALL);
        String withoutValue = new DeviceCursor(Optional.empty(), "d1").text(DeviceQuery.ALL);

        assertThat(DeviceQuery.ALL.after(forged)).isEmpty();
        assertThat(DeviceQuery.ALL.after(withoutValue)).isEmpty();
    }

    private void see(String device) {
        registry.seen(device, new Sighting(Optional.empty(), "1.0", "connect"));
        registry.removeUnused(); // writes down who was seen
        fixture.clock.advance(Duration.ofSeconds(1));
    }

    private List<String> found(DeviceFilter filter) {
        return ids(filter, DeviceSort.NEWEST, 100);
    }

    private List<String> ids(DeviceFilter filter, DeviceSort sort, int limit) {
        DeviceQuery list = new DeviceQuery(filter, sort, Optional.empty());
        List<String> ids = new ArrayList<>();
        Optional<DeviceQuery> next = Optional.of(list);
        while (next.isPresent()) {
            List<Device> page = registry.devices(OWNER, next.get(), limit);
            page.forEach(device -> ids.add(device.deviceId()));
            next = page.isEmpty() ? Optional.empty() : list.after(list.cursorAfter(page.get(page.size() - 1)));
        }
        return ids;
    }

    private static DeviceFilter filter(String part, String value) {
        return new DeviceFilter(
                of("state", part, value).flatMap(DeviceFilter.State::parse),
                of("role", part, value).flatMap(Role::parse),
                of("platform", part, value),
                of("name", part, value),
                of("client", part, value),
                of("before", part, value).map(Instant::parse),
                of("since", part, value).map(Instant::parse));
    }

    private static Optional<String> of(String own, String part, String value) {
        return own.equals(part) ? Optional.of(value) : Optional.empty();
    }
}
