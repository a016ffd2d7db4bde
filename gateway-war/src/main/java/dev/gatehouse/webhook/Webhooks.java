package dev.gatehouse.webhook;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.Database;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.webhook.Delivery.State;

/**
 * The webhooks of a gateway: what happened is told to the programs that its config names, at least once each
 * (docs/adr/0040-webhooks.md).
 *
 * <p>Safe for concurrent use. What blocks on the database throws {@link dev.gatehouse.spi.TemporarilyUnavailable} when that
 * cannot answer.
 */
public final class Webhooks implements AutoCloseable {

    private static final String TEST = "webhook.test";

    private final Database database;
    private final Journal journal;
    private final Supplier<List<WebhookSettings>> config;
    private final Courier courier;
    private final Clock clock;
    private final SecureRandom random;
    private final Dispatcher dispatcher;
    private final Roster roster;
    private final WebhookFigures figures = new WebhookFigures();

    /**
     * Webhooks that are not sent yet.
     *
     * @param database where is kept what was not delivered
     * @param journal what is told
     * @param config the webhooks, asked each time, for they may change
     * @param version of the gateway, for receivers
     * @param schedule when a delivery is tried again
     */
    public Webhooks(
            Database database,
            Journal journal,
            Supplier<List<WebhookSettings>> config,
            String version,
            RetrySchedule schedule,
            Clock clock,
            SecureRandom random) {
        this(
                database,
                journal,
                config,
                new HttpCourier(version, InetAddress::getAllByName, clock),
                schedule,
                clock,
                random);
    }

    Webhooks(
            Database database,
            Journal journal,
            Supplier<List<WebhookSettings>> config,
            Courier courier,
            RetrySchedule schedule,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.journal = journal;
        this.config = config;
        this.courier = courier;
        this.clock = clock;
        this.random = random;
        roster = new Roster(database, journal, clock);
        dispatcher = new Dispatcher(
                config,
                roster,
                new Intake(database, journal, clock, random),
                new Turns(database, schedule, clock, random),
                courier,
                figures,
                this::noteStop,
                clock);
    }

    /** Starts to send. */
    public void begin() {
        journal.whenGrown(dispatcher::wake);
        dispatcher.begin();
    }

    /** What this node counts, for the metrics. */
    public WebhookFigures figures() {
        return figures;
    }

    /** How each webhook of the config is doing, in the config's order. */
    public List<WebhookReport> list() {
        List<WebhookSettings> configured = config.get();
        Map<String, WebhookRow> rows = roster.rows(configured);
        return database.jdbc(connection -> {
            List<WebhookReport> reports = new ArrayList<>();
            for (WebhookSettings webhook : configured) {
                Optional<WebhookRow> row = Optional.ofNullable(rows.get(webhook.name()));
                if (row.isPresent()) {
                    reports.add(report(new JdbcDeliveries(connection), webhook, row.get()));
                }
            }
            return reports;
        });
    }

    private static WebhookReport report(JdbcDeliveries deliveries, WebhookSettings webhook, WebhookRow row)
            throws SQLException {
        return new WebhookReport(
                webhook.name(),
                webhook.shownUrl(),
                webhook.events(),
                WebhookReport.State.of(row),
                row.sequence(),
                deliveries.count(webhook.name(), State.PENDING),
                deliveries.count(webhook.name(), State.DEAD),
                row.lastSuccessAt(),
                row.lastFailureAt(),
                row.lastFailure(),
                row.isStopped() ? Optional.empty() : nextAttempt(deliveries, row));
    }

    private static Optional<Instant> nextAttempt(JdbcDeliveries deliveries, WebhookRow row) throws SQLException {
        Instant resumesAt = Instant.ofEpochMilli(row.resumesAt());
        return deliveries.nextAt(row.name()).map(due -> due.isAfter(resumesAt) ? due : resumesAt);
    }

    /** Counts what waits, for the metrics until the next time; blocks. */
    public void count() {
        figures.waiting(list().stream()
                .map(report -> new WebhookFigures.Waiting(
                        report.name(), report.pending(), report.dead(), report.state() == WebhookReport.State.STOPPED))
                .toList());
    }

    /**
     * What a webhook still has to deliver, or could not, in the order in which it happened.
     *
     * @param name of the webhook
     * @param after the number of the entry before the first one
     * @param limit how many at most
     * @return empty when the config has no such webhook
     */
    public Optional<List<Delivery>> deliveries(String name, State state, long after, int limit) {
        return find(name)
                .map(webhook -> database.jdbc(
                        connection -> new JdbcDeliveries(connection).list(webhook.name(), state, after, limit)));
    }

    /**
     * Has a delivery tried at once, before all others; a dead one has every attempt again.
     *
     * @return false when the webhook has no such delivery
     */
    public boolean retry(Actor actor, String name, String messageId) {
        boolean isThere = database.jdbc(connection -> {
            new JdbcWebhooks(connection).resume(name);
            return new JdbcDeliveries(connection).retry(name, messageId);
        });
        if (isThere) {
            note("webhook.retried", actor, name, Optional.of(messageId));
            dispatcher.wake();
        }
        return isThere;
    }

    /**
     * Removes a dead delivery.
     *
     * @return false when the webhook has no such dead delivery
     */
    public boolean discard(Actor actor, String name, String messageId) {
        boolean isThere = database.jdbc(connection -> new JdbcDeliveries(connection).discard(name, messageId));
        if (isThere) {
            note("webhook.discarded", actor, name, Optional.of(messageId));
        }
        return isThere;
    }

    /**
     * Has a webhook go on whose receiver wanted no more messages, or that is left alone because it failed.
     *
     * @return false when the config has no such webhook
     */
    public boolean start(Actor actor, String name) {
        boolean isThere = find(name).isPresent() && database.jdbc(connection -> started(connection, name));
        if (isThere) {
            note("webhook.started", actor, name, Optional.empty());
            dispatcher.wake();
        }
        return isThere;
    }

    private static boolean started(Connection connection, String name) throws SQLException {
        return new JdbcWebhooks(connection).start(name);
    }

    /**
     * Sends a message of type {@code webhook.test} now, whatever the state of the webhook, which it does not change; blocks
     * for half a minute at most.
     *
     * @return what came of it; empty when the config has no such webhook
     */
    public Optional<TestResult> test(Actor actor, String name) {
        Optional<WebhookSettings> webhook = find(name);
        if (webhook.isEmpty()) {
            return Optional.empty();
        }
        String id = Intake.messageId(random);
        Instant now = clock.instant();
        String body = Message.body(TEST, now, "{\"webhook\":\"" + name + "\"}");
        Answer answer = Message.of(webhook.get(), id, now, body)
                .map(courier::send)
                .orElseGet(() -> new Answer.NotSent("the secret cannot be read"));
        note("webhook.tested", actor, name, Optional.of(id));
        return Optional.of(TestResult.of(id, answer));
    }

    private Optional<WebhookSettings> find(String name) {
        return config.get().stream()
                .filter(webhook -> webhook.name().equals(name))
                .findFirst();
    }

    private void noteStop(Delivery delivery) {
        note("webhook.stopped", Actor.GATEWAY, delivery.webhook(), Optional.of(delivery.messageId()));
    }

    private void note(String type, Actor actor, String webhook, Optional<String> messageId) {
        Map<String, Object> data = messageId
                .<Map<String, Object>>map(id -> Map.of("webhook", webhook, "messageId", id))
                .orElseGet(() -> Map.of("webhook", webhook));
        journal.note(type, actor, Optional.empty(), data);
        journal.wake();
    }

    /** Breaks off what is under way; it is made again when the gateway is back. */
    @Override
    public void close() {
        dispatcher.close();
    }
}
