package dev.gatehouse.webhook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.gatehouse.device.Database;
import dev.gatehouse.journal.Journal;
import org.jspecify.annotations.Nullable;

/** Keeps the table of webhooks in step with the config. */
final class Roster {

    /** For so long, a webhook that is taken out of the config keeps its place and what waits. */
    static final Duration KEPT = Duration.ofDays(1);

    static final int DEAD_MAX = 1000;
    private static final Duration DEAD_KEPT = Duration.ofDays(30);

    private final Database database;
    private final Journal journal;
    private final Clock clock;

    Roster(Database database, Journal journal, Clock clock) {
        this.database = database;
        this.journal = journal;
        this.clock = clock;
    }

    /** Brings the table up to date; yields how each webhook of the config is doing, by its name. */
    Map<String, WebhookRow> rows(List<WebhookSettings> configured) {
        Map<String, WebhookRow> rows = read();
        boolean isChanged = configured.stream().anyMatch(webhook -> isNew(webhook, rows.get(webhook.name())));
        if (!isChanged) {
            return rows;
        }
        long last = journal.last(); // a new webhook tells what happens from now on
        database.jdbc(connection -> {
            JdbcWebhooks webhooks = new JdbcWebhooks(connection);
            for (WebhookSettings webhook : configured) {
                bring(webhooks, webhook, last);
            }
            return configured.size();
        });
        return read();
    }

    private static boolean isNew(WebhookSettings webhook, @Nullable WebhookRow row) {
        return row == null || row.removedAt().isPresent() || !row.fingerprint().equals(webhook.fingerprint());
    }

    private static void bring(JdbcWebhooks webhooks, WebhookSettings webhook, long last) throws SQLException {
        Optional<WebhookRow> row = webhooks.locked(webhook.name());
        if (row.isEmpty()) {
            webhooks.add(webhook.name(), webhook.fingerprint(), last);
            return;
        }
        if (!row.get().fingerprint().equals(webhook.fingerprint())) {
            webhooks.renew(webhook.name(), webhook.fingerprint());
        }
        webhooks.putBack(webhook.name());
    }

    /** Forgets what is kept for too long, or too much. */
    void sweep(List<WebhookSettings> configured) {
        long now = clock.millis();
        Map<String, WebhookSettings> known =
                configured.stream().collect(Collectors.toMap(WebhookSettings::name, Function.identity()));
        for (WebhookRow row : read().values()) {
            database.jdbc(connection -> sweep(connection, row, known.containsKey(row.name()), now));
        }
    }

    private static boolean sweep(Connection connection, WebhookRow row, boolean isConfigured, long now)
            throws SQLException {
        JdbcWebhooks webhooks = new JdbcWebhooks(connection);
        JdbcDeliveries deliveries = new JdbcDeliveries(connection);
        if (isConfigured) {
            return deliveries.trimDead(row.name(), DEAD_MAX, now - DEAD_KEPT.toMillis()) > 0;
        }
        if (row.removedAt().isEmpty()) {
            webhooks.takeOut(row.name(), now);
            return true;
        }
        if (row.removedAt().get().toEpochMilli() > now - KEPT.toMillis()) {
            return false;
        }
        webhooks.remove(row.name());
        deliveries.removeAll(row.name());
        return true;
    }

    private Map<String, WebhookRow> read() {
        return database.jdbc(connection -> new JdbcWebhooks(connection).all()).stream()
                .collect(Collectors.toMap(WebhookRow::name, Function.identity()));
    }
}
