package dev.gatehouse.webhook;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Database;
import dev.gatehouse.webhook.Delivery.State;

/**
 * Whose turn it is to try a delivery: that of whoever leased it last, until the lease ends. So two nodes do not try the same,
 * and what a node had in hand when it died is tried again.
 */
final class Turns {

    /** Longer than an attempt takes. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final int REASON_MAX = 200;

    private final Database database;
    private final RetrySchedule schedule;
    private final Clock clock;
    private final SecureRandom random;

    Turns(Database database, RetrySchedule schedule, Clock clock, SecureRandom random) {
        this.database = database;
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The right to try a delivery once.
     *
     * @param lease tells it from the right of others
     * @param isProbe whether it is to see if a failing webhook is well again
     */
    record Turn(Delivery delivery, String lease, boolean isProbe) {}

    /** What came of a turn. */
    enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** It will be tried again. */
        FAILED,
        /** It was tried often enough. */
        DEAD,
        /** Its receiver wants no more messages. */
        STOPPED,
        /** Somebody else had the turn by then. */
        LOST
    }

    /** Takes what is due; of a failing webhook one, to see whether it is well again, on one node. */
    List<Turn> take(String webhook, int room) {
        return database.jdbc(connection -> take(connection, webhook, room));
    }

    private List<Turn> take(Connection connection, String name, int room) throws SQLException {
        JdbcWebhooks webhooks = new JdbcWebhooks(connection);
        JdbcDeliveries deliveries = new JdbcDeliveries(connection);
        long now = clock.millis();
        if (deliveries.due(name, now, 1).isEmpty()) { // as mostly; nobody has to wait for that
            return List.of();
        }
        Optional<WebhookRow> webhook = webhooks.locked(name); // what just failed or stopped it has committed
        if (webhook.isEmpty() || webhook.get().isLeftAlone(now)) {
            return List.of();
        }
        boolean isProbe = webhook.get().isFailing();
        long until = now + LEASE.toMillis();
        if (isProbe) {
            webhooks.rest(name, until);
        }
        List<Turn> taken = new ArrayList<>();
        for (Delivery delivery : deliveries.due(name, now, isProbe ? 1 : room)) {
            String lease = Intake.messageId(random);
            if (deliveries.take(delivery.messageId(), lease, until)) {
                taken.add(new Turn(delivery, lease, isProbe));
            }
        }
        return taken;
    }

    /** Notes what came of an attempt. */
    Outcome settle(Turn turn, Answer answer) {
        return database.jdbc(connection -> settle(connection, turn, answer));
    }

    private Outcome settle(Connection connection, Turn turn, Answer answer) throws SQLException {
        JdbcWebhooks webhooks = new JdbcWebhooks(connection);
        JdbcDeliveries deliveries = new JdbcDeliveries(connection);
        Delivery delivery = turn.delivery();
        if (answer.isDelivered()) {
            webhooks.succeeded(delivery.webhook(), clock.millis());
            deliveries.delivered(delivery.messageId());
            return Outcome.DELIVERED;
        }
        String reason = bounded(answer.described());
        if (answer.isGone()) {
            webhooks.stop(delivery.webhook(), clock.millis(), reason);
            deliveries.release(delivery.messageId(), turn.lease());
            return Outcome.STOPPED;
        }
        Optional<WebhookRow> webhook = webhooks.locked(delivery.webhook());
        if (webhook.isPresent() && (turn.isProbe() || !webhook.get().isFailing())) {
            rest(webhooks, webhook.get(), answer, reason);
        }
        return failed(deliveries, turn, answer, reason);
    }

    /** What was under way beside the first attempt that failed says nothing new. */
    private void rest(JdbcWebhooks webhooks, WebhookRow webhook, Answer answer, String reason) throws SQLException {
        Duration pause = schedule.afterFailures(webhook.failures() + 1, answer.retryAfter(), random);
        webhooks.failed(webhook, clock.millis(), reason, clock.millis() + pause.toMillis());
    }

    private Outcome failed(JdbcDeliveries deliveries, Turn turn, Answer answer, String reason) throws SQLException {
        Delivery delivery = turn.delivery();
        int attempts = delivery.attempts() + 1;
        boolean isLast = attempts >= schedule.attempts();
        long now = clock.millis();
        long nextAt = isLast
                ? now
                : now
                        + schedule.afterAttempt(attempts, answer.retryAfter(), random)
                                .toMillis();
        State next = isLast ? State.DEAD : State.PENDING;
        if (!deliveries.failed(delivery.messageId(), turn.lease(), next, now, reason, nextAt)) {
            return Outcome.LOST;
        }
        return isLast ? Outcome.DEAD : Outcome.FAILED;
    }

    /** Gives a turn back, as if there had been no attempt. */
    void release(Turn turn) {
        boolean unused = database.jdbc(connection -> {
            if (turn.isProbe()) {
                new JdbcWebhooks(connection).resume(turn.delivery().webhook());
            }
            new JdbcDeliveries(connection).release(turn.delivery().messageId(), turn.lease());
            return true;
        });
    }

    private static String bounded(String reason) {
        return reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) : reason;
    }
}
