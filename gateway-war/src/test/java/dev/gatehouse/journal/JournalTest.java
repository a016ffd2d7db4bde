package dev.gatehouse.journal;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Database;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.DeviceSettings;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.device.RegistryListener;
import dev.gatehouse.device.UnknownDevice;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JournalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final RegistryFixture fixture = new RegistryFixture();
    private final Database database = fixture.database;
    private final Journal journal = journal(CLOCK, 1_000_000);

    @AfterEach
    void close() {
        journal.close();
        fixture.close();
    }

    @Test
    void change_ofTheRegistry_isAnEntryWithItsActor() throws Exception {
        try (DeviceRegistry registry = registry(JournaledChanges.of(journal, CLOCK, event -> {}))) {
            registry.approveSilently(RegistryFixture.claim("d1", Role.OPERATOR, "operator.read"));
            registry.remove(Authority.ofSession(Scopes.of("operator.admin"), Optional.of("the-remover"), false), "d1");
        }
        journal.write();

        assertThat(types()).containsExactly("pairing.approved", "device.removed");
        JsonNode removed = document(1);
        assertThat(removed.get("sequence").asLong()).isEqualTo(2);
        assertThat(removed.get("at").asText()).isEqualTo("2027-03-01T10:00:00Z");
        assertThat(removed.get("deviceId").asText()).isEqualTo("d1");
        assertThat(removed.at("/actor/kind").asText()).isEqualTo("session");
        assertThat(removed.at("/actor/id").asText()).isEqualTo("the-remover");
        assertThat(document(0).at("/actor/kind").asText()).isEqualTo("gateway");
        assertThat(document(0).at("/data/role").asText()).isEqualTo("operator");
    }

    @Test
    void change_thatFailed_isNoEntry() {
        try (DeviceRegistry registry = registry(JournaledChanges.of(journal, CLOCK, event -> {}))) {
            assertThatThrownBy(() -> registry.remove(Authority.owner(), "nobody"))
                    .isInstanceOf(UnknownDevice.class);
        }
        journal.write();

        assertThat(journal.last()).isZero();
    }

    @Test
    void change_madeWithoutAGateway_isNumberedByTheNextOne() {
        ApiKeys keys = new ApiKeys(database, CLOCK, new SecureRandom(), JournaledChanges.withoutGateway(CLOCK));
        keys.create(Actor.OWNER, "made while nothing ran");

        journal.write();

        assertThat(types()).containsExactly("key.created");
    }

    @Test
    void entries_ofBothKinds_haveNumbersWithoutGapsAndAWholeChain() {
        ApiKeys keys = new ApiKeys(database, CLOCK, new SecureRandom(), JournaledChanges.withoutGateway(CLOCK));
        for (int i = 0; i < 700; i++) {
            decision("admission.admitted");
            if (i % 7 == 0) {
                keys.create(Actor.OWNER, "key " + i);
            }
        }

        journal.write();

        assertThat(all()).extracting(JournalEntry::sequence).containsExactlyElementsOf(numbers(1, 800));
        assertThat(journal.verify())
                .isEqualTo(new Verification(1, 800, all().get(799).hash(), Optional.empty()));
    }

    /** As two nodes on one database do. */
    @Test
    void entries_numberedByTwoAtOnce_areThereOnce() throws InterruptedException {
        Journal other = journal(CLOCK, 1_000_000);
        ApiKeys keys = new ApiKeys(database, CLOCK, new SecureRandom(), JournaledChanges.withoutGateway(CLOCK));
        for (int i = 0; i < 300; i++) {
            keys.create(Actor.OWNER, "key " + i);
        }

        Thread first = new Thread(journal::write);
        Thread second = new Thread(other::write);
        first.start();
        second.start();
        first.join();
        second.join();

        journal.write();
        assertThat(all()).extracting(JournalEntry::sequence).containsExactlyElementsOf(numbers(1, 300));
        assertThat(journal.verify().isWhole()).isTrue();
        other.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update journal_entry set document = replace(document, 'refused', 'nothing') where sequence = 3 | entry 3 or the one before it was changed",
                "update journal_entry set hash = repeat('a', 64) where sequence = 3 | entry 3 or the one before it was changed",
                "delete from journal_entry where sequence = 3 | entry 3 is missing",
                "delete from journal_entry where sequence = 1 | entry 1 is missing",
                "delete from journal_entry where sequence = 5 | entry 5 is missing",
                "delete from journal_entry | entry 1 is missing",
                "update journal_head set hash = repeat('a', 64) | entry 5 is not the one that the journal ended with"
            })
    void verify_ofAChainThatSomebodyTouched_saysWhere(String touch, String problem) {
        for (int i = 0; i < 5; i++) {
            decision("admission.refused");
        }
        journal.write();
        assertThat(journal.verify().isWhole()).isTrue();

        execute(touch);

        assertThat(journal.verify().problem()).contains(problem);
    }

    @Test
    void trim_ofTooMany_keepsTheLastAndAWholeChain() {
        for (int i = 0; i < 1500; i++) {
            decision("admission.admitted");
        }
        journal.write();

        try (Journal narrow = journal(CLOCK, 1000)) {
            narrow.trim();

            assertThat(narrow.first()).isEqualTo(501);
            assertThat(narrow.after(0, 10).get(0).sequence()).isEqualTo(501);
            assertThat(narrow.verify().isWhole()).isTrue();
        }
    }

    @Test
    void trim_ofMoreThanOneTransactionRemoves_goesOn() {
        for (int i = 0; i < 6100; i++) {
            decision("admission.admitted");
        }
        journal.write();

        try (Journal narrow = journal(CLOCK, 1000)) {
            narrow.trim();

            assertThat(narrow.first()).isEqualTo(5101);
            assertThat(narrow.verify().isWhole()).isTrue();
        }
    }

    @Test
    void trim_afterTheTime_removesEverythingAndNumbersGoOn() {
        decision("admission.admitted");
        journal.write();

        try (Journal later = journal(Clock.offset(CLOCK, Duration.ofDays(91)), 1_000_000)) {
            later.trim();
            later.note("gateway.started", Actor.GATEWAY, Optional.empty(), Map.of());
            later.write();

            assertThat(later.after(0, 10)).extracting(JournalEntry::sequence).containsExactly(2L);
            assertThat(later.verify().isWhole()).isTrue();
        }
    }

    @Test
    void textFromOutside_cannotEndALineNorTurnItAround() throws Exception {
        String hostile = "a\nb\u001b[31m\u202e<b>\ud83d\ude00";
        journal.note("admission.refused", Actor.GATEWAY, Optional.empty(), Map.of("name", hostile));
        journal.write();

        String document = all().get(0).document();

        assertThat(document).matches("[\\x20-\\x7e]+");
        assertThat(document(0).at("/data/name").asText()).isEqualTo(hostile);
    }

    @Test
    void text_thatIsTooLong_isCutBetweenCharacters() throws Exception {
        String long511 = "x".repeat(511) + "\ud83d\ude00".repeat(10);
        journal.note("admission.refused", Actor.GATEWAY, Optional.empty(), Map.of("name", long511));
        journal.write();

        assertThat(document(0).at("/data/name").asText()).isEqualTo("x".repeat(511) + "...");
    }

    @Test
    void decisions_beyondWhatCanWait_areCountedAsAGap() throws Exception {
        for (int i = 0; i < 10_007; i++) {
            decision("admission.refused");
        }
        journal.write();
        journal.write();

        JournalEntry last = journal.before(Long.MAX_VALUE, 1).get(0);
        assertThat(last.type()).isEqualTo("audit.gap");
        assertThat(JSON.readTree(last.document())
                        .at("/data/decisionsNotWritten")
                        .asLong())
                .isEqualTo(7);
    }

    /** As when connections come faster than they are written: whoever else uses the thread has a turn. */
    @Test
    @Timeout(60)
    void write_whileMoreComes_leavesThatForTheNextTime() {
        journal.whenGrown(() -> decision("admission.admitted"));
        decision("admission.admitted");

        journal.write();

        assertThat(journal.last()).isEqualTo(1);
    }

    @Test
    void history_ofADevice_isWhatHappenedToIt() {
        journal.note("token.rotated", Actor.GATEWAY, Optional.of("d1"), Map.of());
        journal.note("token.rotated", Actor.GATEWAY, Optional.of("d2"), Map.of());
        journal.note("device.removed", Actor.GATEWAY, Optional.of("d1"), Map.of());
        journal.write();

        assertThat(journal.aboutBefore("d1", Long.MAX_VALUE, 10))
                .extracting(JournalEntry::type)
                .containsExactly("device.removed", "token.rotated");
    }

    private Journal journal(Clock clock, int max) {
        return new Journal(database, () -> new AuditSettings(Duration.ofDays(90), max), clock);
    }

    private DeviceRegistry registry(RegistryListener listener) {
        DeviceSettings settings =
                new DeviceSettings(Duration.ofMinutes(60), 1000, 32, Duration.ofSeconds(5), Duration.ofMinutes(10));
        return new DeviceRegistry(database, () -> settings, CLOCK, new SecureRandom(), listener);
    }

    private void decision(String type) {
        journal.note(type, Actor.GATEWAY, Optional.empty(), Map.of("code", "AUTH_TOKEN_MISSING"));
    }

    private List<JournalEntry> all() {
        List<JournalEntry> entries = new ArrayList<>();
        List<JournalEntry> page = journal.after(0, 1000);
        while (!page.isEmpty()) {
            entries.addAll(page);
            page = journal.after(page.get(page.size() - 1).sequence(), 1000);
        }
        return entries;
    }

    private List<String> types() {
        return all().stream().map(JournalEntry::type).toList();
    }

    private JsonNode document(int index) throws Exception {
        return JSON.readTree(all().get(index).document());
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private void execute(String sql) {
        int changed = database.jdbc((Connection connection) -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
        assertThat(changed).isPositive();
    }
}
