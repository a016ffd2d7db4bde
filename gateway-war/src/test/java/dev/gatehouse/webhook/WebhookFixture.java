package dev.gatehouse.webhook;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.MutableClock;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.journal.AuditSettings;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.Secret;

/** Nodes of a gateway with webhooks, on one database, with a clock that the test moves and couriers that go nowhere. */
final class WebhookFixture implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    final MutableClock clock = new MutableClock();
    final RegistryFixture registry = new RegistryFixture();
    final Journal journal =
            new Journal(registry.database, () -> new AuditSettings(Duration.ofDays(90), 1000), Clock.systemUTC());
    final FakeCourier courier = new FakeCourier();
    volatile List<WebhookSettings> config = List.of(webhook("hook"));
    private final List<Webhooks> nodes = new ArrayList<>();

    static WebhookSettings webhook(String name, String... events) {
        return new WebhookSettings(
                name,
                "https://receiver.example/" + name + "?key=hidden",
                () -> Optional.of(Secret.of(SECRET)),
                Optional.empty(),
                events.length == 0 ? List.of("device.*", "token.revoked") : List.of(events),
                false);
    }

    /** A node that sends by the fixture's courier, and has looked once. */
    Webhooks node() {
        return node(courier);
    }

    Webhooks node(Courier own) {
        return node(own, RetrySchedule.standard());
    }

    Webhooks node(Courier own, RetrySchedule schedule) {
        return node(own, schedule, clock);
    }

    /** A node that learns nothing of the time that passes, as a dead one. */
    Webhooks nodeOutOfTime(Courier own) {
        return node(own, RetrySchedule.standard(), Clock.fixed(clock.instant(), ZoneOffset.UTC));
    }

    private Webhooks node(Courier own, RetrySchedule schedule, Clock time) {
        Webhooks node = new Webhooks(registry.database, journal, () -> config, own, schedule, time, new SecureRandom());
        nodes.add(node);
        node.list(); // a new webhook begins here
        node.begin();
        return node;
    }

    /** Something happens; it has its number when this returns. */
    void happens(String type, String device) {
        long before = journal.last();
        journal.note(type, Actor.OWNER, Optional.of(device), Map.of("note", "\u202e\n\u2028 \uD83D\uDE00"));
        journal.wake();
        Eventually.holds("the journal has it", () -> journal.last() > before);
    }

    WebhookReport report(Webhooks node) {
        return node.list().get(0);
    }

    /** Waits until the webhook's report is like that. */
    void awaits(Webhooks node, String what, Predicate<WebhookReport> isSo) {
        Eventually.holds(what, () -> isSo.test(report(node)));
    }

    @Override
    public void close() {
        nodes.forEach(Webhooks::close);
        journal.close();
        registry.close();
    }
}
