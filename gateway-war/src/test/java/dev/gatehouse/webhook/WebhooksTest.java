package dev.gatehouse.webhook;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.device.Actor;
import dev.gatehouse.journal.JournalEntry;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.webhook.Delivery.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class WebhooksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebhookFixture fixture = new WebhookFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void event_thatIsSelected_isToldOnce_asTheAuditHasIt() throws Exception {
        Webhooks node = fixture.node();

        fixture.happens("token.rotated", "d0");
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it arrived", report -> report.lastSuccessAt().isPresent() && report.pending() == 0);

        Message message = fixture.courier.sent.get(0);
        assertThat(fixture.courier.sent).hasSize(1);
        assertThat(message.url().toString()).isEqualTo("https://receiver.example/hook?key=hidden");
        assertThat(message.allowed()).isEqualTo(AllowedAddresses.PUBLIC);
        assertThat(message.id()).matches("msg_[0-9a-f]{32}");
        assertThat(message.timestamp()).isEqualTo(fixture.clock.instant().getEpochSecond());
        assertThat(message.signatures())
                .isEqualTo(SigningKey.parse(Secret.of(WebhookFixture.SECRET))
                        .orElseThrow()
                        .sign(message.id(), message.timestamp(), message.body()));
        JournalEntry entry = fixture.journal.after(1, 1).get(0);
        JsonNode body = JSON.readTree(message.body());
        assertThat(message.body()).matches("[ -~]+");
        assertThat(body.get("type").asText()).isEqualTo("device.removed");
        assertThat(body.get("timestamp").asText()).isEqualTo(entry.at().toString());
        assertThat(body.get("data")).isEqualTo(JSON.readTree(entry.document()));
        assertThat(fixture.report(node).url()).isEqualTo("https://receiver.example/hook");
        assertThat(fixture.report(node).sequence()).isEqualTo(2);
    }

    @Test
    void secret_thatIsBeingChanged_signsBesideTheOneBefore() {
        WebhookSettings plain = WebhookFixture.webhook("hook");
        fixture.config = List.of(new WebhookSettings(
                "hook",
                plain.url(),
                () -> Optional.of(Secret.of(WebhookFixture.OTHER_SECRET)),
                Optional.of(() -> Optional.of(Secret.of(WebhookFixture.SECRET))),
                plain.events(),
                false));
        fixture.node();

        fixture.happens("device.removed", "d1");
        Eventually.holds("it was sent", () -> fixture.courier.sent.size() == 1);

        Message message = fixture.courier.sent.get(0);
        assertThat(message.signatures().split(" "))
                .containsExactly(Stream.of(WebhookFixture.OTHER_SECRET, WebhookFixture.SECRET)
                        .map(secret -> SigningKey.parse(Secret.of(secret)).orElseThrow())
                        .map(key -> key.sign(message.id(), message.timestamp(), message.body()))
                        .toArray(String[]::new));
    }

    @Test
    void webhook_thatIsNew_tellsWhatHappensFromThenOn() {
        fixture.happens("device.removed", "before");
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "after");

        fixture.awaits(node, "it has read on", report -> report.sequence() == 2 && report.pending() == 0);
        assertThat(fixture.courier.sent).hasSize(1);
        assertThat(fixture.courier.sent.get(0).body()).contains("\"after\"");
    }

    @Test
    void attempt_thatFails_isMadeAgainWithTheSameIdAtItsTime() {
        fixture.courier.answers(500);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it failed", report -> report.state() == WebhookReport.State.FAILING);

        WebhookReport failing = fixture.report(node);
        assertThat(failing.lastFailure()).contains("answered 500");
        assertThat(failing.pending()).isEqualTo(1);
        Instant due = failing.nextAttemptAt().orElseThrow();
        assertThat(Duration.between(fixture.clock.instant(), due))
                .isBetween(Duration.ofMillis(3999), Duration.ofMillis(6001));

        fixture.courier.answers(204);
        fixture.clock.advance(Duration.between(fixture.clock.instant(), due));
        fixture.awaits(node, "it arrived", report -> report.pending() == 0);
        assertThat(fixture.courier.ids()).hasSize(2);
        assertThat(new HashSet<>(fixture.courier.ids())).hasSize(1);
        assertThat(fixture.courier.sent.get(1).timestamp())
                .isGreaterThan(fixture.courier.sent.get(0).timestamp());
        assertThat(fixture.report(node).state()).isEqualTo(WebhookReport.State.OK);
    }

    @Test
    void message_afterTheLastAttempt_isDead_andCanBeRetriedOrDiscarded() {
        RetrySchedule twice = new RetrySchedule(List.of(Duration.ofSeconds(5)));
        fixture.courier.answers(500);
        Webhooks node = fixture.node(fixture.courier, twice);
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it failed", report -> report.lastFailure().isPresent());
        fixture.clock.advance(Duration.ofSeconds(10));
        fixture.awaits(node, "it is dead", report -> report.dead() == 1 && report.pending() == 0);

        Delivery dead = node.deliveries("hook", State.DEAD, 0, 10).orElseThrow().get(0);
        assertThat(dead.attempts()).isEqualTo(2);
        assertThat(dead.lastFailure()).contains("answered 500");
        assertThat(node.figures().done()).containsExactly(new WebhookFigures.Done("hook", 0, 2, 1));
        assertThat(node.discard(Actor.OWNER, "hook", "msg_nothing")).isFalse();

        assertThat(node.retry(Actor.OWNER, "hook", dead.messageId())).isTrue();
        Eventually.holds("it was tried at once", () -> fixture.courier.sent.size() == 3);
        fixture.awaits(node, "it waits again", report -> report.pending() == 1 && report.dead() == 0);
        fixture.clock.advance(Duration.ofSeconds(10));
        fixture.awaits(node, "it is dead again", report -> report.dead() == 1);
        assertThat(node.discard(Actor.OWNER, "hook", dead.messageId())).isTrue();
        assertThat(fixture.report(node).dead()).isZero();
        assertThat(new HashSet<>(fixture.courier.ids())).hasSize(1);
    }

    @Test
    void message_thatFails_doesNotHoldUpTheOthers() {
        fixture.courier.answers(message -> FakeCourier.answered(message.body().contains("\"poison\"") ? 500 : 204));
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "poison");
        fixture.awaits(node, "it failed", report -> report.lastFailure().isPresent());
        fixture.happens("device.removed", "good");
        fixture.awaits(node, "both wait", report -> report.pending() == 2);

        fixture.clock.advance(Duration.ofMinutes(1));
        Eventually.holds(
                "the good one arrived",
                () -> fixture.courier.sent.stream().anyMatch(sent -> sent.body().contains("good")));
        fixture.awaits(node, "one waits", report -> report.pending() == 1);
    }

    /** One look every five minutes, however much waits. */
    @Test
    void webhook_thatIsDown_isAskedOnceAndNotForEveryMessage() {
        fixture.courier.answers(500);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it failed", report -> report.lastFailure().isPresent());
        for (int i = 0; i < 5; i++) {
            fixture.happens("device.removed", "d" + i);
        }
        fixture.awaits(node, "all wait", report -> report.pending() == 6);
        assertThat(fixture.courier.sent).hasSize(1);

        fixture.clock.advance(Duration.ofSeconds(10));
        Eventually.holds("it was asked again", () -> fixture.courier.sent.size() == 2);
        fixture.awaits(
                node,
                "it is left alone for minutes",
                report -> report.nextAttemptAt()
                        .filter(at -> at.isAfter(fixture.clock.instant().plusSeconds(200)))
                        .isPresent());
        assertThat(fixture.courier.sent).hasSize(2);
        fixture.courier.answers(204);
        fixture.clock.advance(Duration.ofMinutes(10));
        fixture.awaits(node, "all arrived", report -> report.pending() == 0);
    }

    @Test
    void attempts_thatFailTogether_countAsOneFailure() {
        CountDownLatch together = new CountDownLatch(1);
        fixture.courier.answers(message -> {
            await(together);
            return FakeCourier.answered(500);
        });
        Webhooks node = fixture.node();
        for (int i = 0; i < Dispatcher.AT_ONCE; i++) {
            fixture.happens("device.removed", "d" + i);
        }
        Eventually.holds("all are under way", () -> fixture.courier.sent.size() == Dispatcher.AT_ONCE);
        together.countDown();

        Eventually.holds(
                "all failed",
                () -> node.deliveries("hook", State.PENDING, 0, 10).orElseThrow().stream()
                        .allMatch(delivery -> delivery.attempts() == 1));
        assertThat(row().orElseThrow().failures()).isEqualTo(1);
    }

    @Test
    void receiver_thatIsBusy_isLeftAloneForAsLongAsItAsks() {
        fixture.courier.answers(message -> new Answer.Answered(503, Duration.ofMinutes(20)));
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");

        fixture.awaits(node, "it failed", report -> report.lastFailure().isPresent());
        assertThat(fixture.report(node).nextAttemptAt())
                .contains(fixture.clock.instant().plus(Duration.ofMinutes(20)));
    }

    @Test
    void receiver_thatIsGone_isToldNothingUntilSomebodyStartsIt() {
        fixture.courier.answers(410);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it stopped", report -> report.state() == WebhookReport.State.STOPPED);
        fixture.happens("device.removed", "d2");
        fixture.clock.advance(Duration.ofDays(1));
        fixture.awaits(node, "both wait", report -> report.pending() == 2);
        assertThat(fixture.courier.sent).hasSize(1);
        assertThat(fixture.report(node).nextAttemptAt()).isEmpty();
        Eventually.holds("it is noted", () -> types().contains("webhook.stopped"));

        fixture.courier.answers(204);
        assertThat(node.start(Actor.OWNER, "hook")).isTrue();
        fixture.awaits(node, "both arrived", report -> report.pending() == 0);
        Eventually.holds("that is noted", () -> types().contains("webhook.started"));
        List<String> ids = fixture.courier.ids(); // the two that waited are sent in no order
        assertThat(ids).hasSize(3);
        assertThat(ids.subList(1, 3)).contains(ids.get(0));
    }

    /** Whoever read the webhook a moment before must not send by that. */
    @Test
    void receiver_thatIsGone_isNobodysTurn() {
        fixture.courier.answers(410);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it stopped", report -> report.state() == WebhookReport.State.STOPPED);
        Turns turns = new Turns(fixture.registry.database, RetrySchedule.standard(), fixture.clock, new SecureRandom());

        assertThat(turns.take("hook", 4)).isEmpty();

        assertThat(node.start(Actor.OWNER, "hook")).isTrue();
    }

    @Test
    void receiver_thatIsGone_isToldAgainWhenTheConfigChanges() {
        fixture.courier.answers(410);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it stopped", report -> report.state() == WebhookReport.State.STOPPED);

        fixture.courier.answers(204);
        fixture.config = List.of(WebhookFixture.webhook("hook", "device.removed"));
        fixture.awaits(node, "it arrived", report -> report.pending() == 0);
        assertThat(fixture.report(node).state()).isEqualTo(WebhookReport.State.OK);
    }

    @Test
    void twoNodes_sendEachMessageOnce() {
        Webhooks one = fixture.node();
        FakeCourier others = new FakeCourier();
        Webhooks other = fixture.node(others);
        int events = 60;
        for (int i = 0; i < events; i++) {
            fixture.happens("device.removed", "d" + i);
        }

        fixture.awaits(one, "all are read", report -> report.sequence() == events && report.pending() == 0);
        Set<String> ids = new HashSet<>(fixture.courier.ids());
        ids.addAll(others.ids());
        assertThat(ids).hasSize(events);
        assertThat(fixture.courier.sent.size() + others.sent.size()).isEqualTo(events);
        assertThat(fixture.report(other).pending()).isZero();
    }

    /** What a node had in hand when it was killed: its answer never comes. */
    @Test
    void message_ofANodeThatDied_isSentAgainWithTheSameIdWhenItsLeaseEnds() {
        CountDownLatch never = new CountDownLatch(1);
        FakeCourier hanging = new FakeCourier();
        hanging.answers(message -> {
            await(never);
            return FakeCourier.answered(500);
        });
        try {
            fixture.nodeOutOfTime(hanging);
            fixture.happens("device.removed", "d1");
            Eventually.holds("it is under way", () -> hanging.sent.size() == 1);

            Webhooks other = fixture.node();
            assertThat(fixture.report(other).pending()).isEqualTo(1);
            assertThat(fixture.courier.sent).isEmpty();
            fixture.clock.advance(Turns.LEASE.plusSeconds(1));

            fixture.awaits(other, "it arrived", report -> report.pending() == 0);
            assertThat(fixture.courier.ids()).isEqualTo(hanging.ids());
        } finally {
            never.countDown();
        }
    }

    /** On a webhook that fails, where the next attempt would else have to wait for the end of the lease. */
    @Test
    void attempt_thatAClosingGatewayBreaksOff_isMadeByTheNextOne() {
        FakeCourier breaking = new FakeCourier();
        CountDownLatch closing = new CountDownLatch(1);
        breaking.answers(500);
        Webhooks first = fixture.node(breaking);
        fixture.happens("device.removed", "d1");
        fixture.awaits(first, "it failed", report -> report.lastFailure().isPresent());
        breaking.answers(message -> {
            await(closing);
            return new Answer.NotSent("the connection broke");
        });
        breaking.whenClosed(closing::countDown);
        fixture.clock.advance(Duration.ofSeconds(10));
        Eventually.holds("it is tried again", () -> breaking.sent.size() == 2);

        first.close();
        Webhooks next = fixture.node();

        fixture.awaits(next, "it arrived", report -> report.pending() == 0);
        assertThat(fixture.courier.ids()).containsExactly(breaking.ids().get(0));
    }

    @Test
    void webhook_forWhichTooMuchWaits_readsOnWhenThereIsRoom() {
        fixture.courier.answers(410);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it stopped", report -> report.state() == WebhookReport.State.STOPPED);
        Eventually.holds("that is noted", () -> types().contains("webhook.stopped"));
        fixture.awaits(node, "it has read all", report -> report.sequence() == fixture.journal.last());
        fill(Intake.PENDING_MAX - 1);
        long read = fixture.report(node).sequence();

        fixture.happens("device.removed", "d2");
        fixture.happens("device.removed", "d3");

        assertThat(fixture.report(node).pending()).isEqualTo(Intake.PENDING_MAX);
        assertThat(fixture.report(node).sequence()).isEqualTo(read);
        fixture.courier.answers(204);
        assertThat(node.start(Actor.OWNER, "hook")).isTrue();
        Eventually.holds(
                "the rest was told",
                () -> fixture.courier.sent.stream().anyMatch(sent -> sent.body().contains("\"d3\"")));
    }

    /** Deliveries of entries that the journal is yet to have. */
    private void fill(int count) {
        boolean unused = fixture.registry.database.jdbc(connection -> {
            JdbcDeliveries deliveries = new JdbcDeliveries(connection);
            for (int i = 0; i < count; i++) {
                JournalEntry entry =
                        new JournalEntry(1_000_000L + i, fixture.clock.instant(), "device.removed", "{}", "");
                deliveries.add("filler-" + i, "hook", entry, fixture.clock.millis());
            }
            return true;
        });
    }

    @Test
    void deadMessages_areKeptInBoundsOfNumberAndAge() {
        RetrySchedule once = new RetrySchedule(List.of());
        fixture.courier.answers(500);
        Webhooks node = fixture.node(fixture.courier, once);
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it is dead", report -> report.dead() == 1);

        assertThat(trimmed(1, fixture.clock.millis())).isZero();
        assertThat(trimmed(1, fixture.clock.millis() + 1)).isEqualTo(1);
        fixture.clock.advance(Duration.ofMinutes(10));
        fixture.happens("device.removed", "d2");
        fixture.awaits(node, "it is dead", report -> report.dead() == 1);
        assertThat(trimmed(0, 0)).isEqualTo(1);
    }

    private int trimmed(int keep, long triedBefore) {
        return fixture.registry.database.jdbc(
                connection -> new JdbcDeliveries(connection).trimDead("hook", keep, triedBefore));
    }

    @Test
    void webhook_thatIsTakenOut_keepsWhatWaitsForADay() {
        fixture.courier.answers(500);
        Webhooks node = fixture.node();
        fixture.happens("device.removed", "d1");
        fixture.awaits(node, "it failed", report -> report.lastFailure().isPresent());
        List<WebhookSettings> before = fixture.config;

        fixture.config = List.of();
        assertThat(node.list()).isEmpty();
        fixture.clock.advance(Duration.ofMinutes(2));
        Eventually.holds(
                "it is taken out", () -> row().flatMap(WebhookRow::removedAt).isPresent());
        fixture.config = before;
        fixture.awaits(node, "it is back", report -> report.pending() == 1);
        assertThat(row().flatMap(WebhookRow::removedAt)).isEmpty();

        fixture.config = List.of();
        fixture.clock.advance(Duration.ofMinutes(2));
        Eventually.holds(
                "it is taken out again",
                () -> row().flatMap(WebhookRow::removedAt).isPresent());
        fixture.clock.advance(Roster.KEPT.plusMinutes(2));
        Eventually.holds("it is forgotten", () -> row().isEmpty());
        fixture.config = before;
        assertThat(fixture.report(node).pending()).isZero();
    }

    @Test
    void test_sendsNow_andChangesNothing() throws Exception {
        fixture.courier.answers(418);
        Webhooks node = fixture.node();

        TestResult result = node.test(Actor.OWNER, "hook").orElseThrow();

        assertThat(result.isDelivered()).isFalse();
        assertThat(result.status()).contains(418);
        JsonNode body = JSON.readTree(fixture.courier.sent.get(0).body());
        assertThat(body.get("type").asText()).isEqualTo("webhook.test");
        assertThat(body.at("/data/webhook").asText()).isEqualTo("hook");
        assertThat(fixture.report(node).state()).isEqualTo(WebhookReport.State.OK);
        assertThat(node.test(Actor.OWNER, "nobody")).isEmpty();
    }

    @Test
    void secret_thatCannotBeRead_isAFailureThatSaysSo() {
        boolean[] isThere = {true};
        WebhookSettings plain = WebhookFixture.webhook("hook");
        Secret.Source source = () -> isThere[0] ? Optional.of(Secret.of(WebhookFixture.SECRET)) : Optional.empty();
        fixture.config =
                List.of(new WebhookSettings("hook", plain.url(), source, Optional.empty(), plain.events(), false));
        Webhooks node = fixture.node();
        isThere[0] = false;
        fixture.happens("device.removed", "d1");

        fixture.awaits(node, "it failed", report -> report.lastFailure().isPresent());
        assertThat(fixture.report(node).lastFailure()).contains("the secret cannot be read");
        assertThat(fixture.courier.sent).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<WebhookRow> row() {
        return fixture.registry.database.jdbc(connection -> new JdbcWebhooks(connection).all()).stream()
                .findFirst();
    }

    private List<String> types() {
        return fixture.journal.after(0, 100).stream().map(JournalEntry::type).toList();
    }
}
