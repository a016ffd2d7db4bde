package dev.gatehouse.webhook;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

import dev.gatehouse.device.Database;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.journal.JournalEntry;
import dev.gatehouse.webhook.Delivery.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes deliveries of the entries that a webhook tells. One transaction moves the place up to which it has read and adds
 * the deliveries, so that none is missed or made twice, on whatever node, and whenever that ends.
 */
final class Intake {

    /** When so many wait, the rest waits in the journal, which is bounded by itself. */
    static final int PENDING_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int PAGE = 500;
    private static final int PAGES_MAX = 20;
    private static final int ID_BYTES = 16;

    private final Database database;
    private final Journal journal;
    private final Clock clock;
    private final SecureRandom random;

    Intake(Database database, Journal journal, Clock clock, SecureRandom random) {
        this.database = database;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
    }

    /** A new {@code webhook-id}; not the entry's number, which is another entry's in the gateway's next database. */
    static String messageId(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return "msg_" + HexFormat.of().formatHex(bytes);
    }

    /**
     * Reads on in the journal for a webhook, but not for so long that others would wait.
     *
     * @param seen where it was when it was last looked at
     */
    void read(WebhookSettings webhook, WebhookRow seen) {
        long from = seen.sequence();
        for (int page = 0; page < PAGES_MAX; page++) {
            List<JournalEntry> entries = journal.after(from, PAGE);
            if (entries.isEmpty() || !add(webhook, from, entries)) {
                return;
            }
            from = entries.get(entries.size() - 1).sequence();
        }
    }

    private boolean add(WebhookSettings webhook, long from, List<JournalEntry> entries) {
        boolean isAdded = database.jdbc(connection -> add(connection, webhook, from, entries));
        long missed = entries.get(0).sequence() - from - 1;
        if (isAdded && missed > 0) {
            LOG.warn(
                    "webhook {}: the journal no longer has {} entries that it had not told; raise audit.keep or"
                            + " audit.max-entries, or see to its receiver",
                    webhook.name(),
                    missed);
        }
        return isAdded;
    }

    private boolean add(Connection connection, WebhookSettings webhook, long from, List<JournalEntry> entries)
            throws SQLException {
        JdbcWebhooks webhooks = new JdbcWebhooks(connection);
        JdbcDeliveries deliveries = new JdbcDeliveries(connection);
        boolean isMine = webhooks.locked(webhook.name())
                .filter(now -> now.sequence() == from)
                .isPresent();
        if (!isMine || deliveries.count(webhook.name(), State.PENDING) >= PENDING_MAX) {
            return false;
        }
        EventSelection selection = webhook.selection();
        for (JournalEntry entry : entries) {
            if (selection.includes(entry.type())) {
                deliveries.add(messageId(random), webhook.name(), entry, clock.millis());
            }
        }
        webhooks.move(webhook.name(), entries.get(entries.size() - 1).sequence());
        return true;
    }
}
