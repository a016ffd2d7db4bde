package dev.gatehouse.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.webhook.Turns.Outcome;
import dev.gatehouse.webhook.Turns.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. One thread looks, once a second and whenever the journal grew or an attempt ended; each attempt has a
 * thread of its own, of which a webhook has a few at most: one that is slow holds up none but itself.
 */
final class Dispatcher implements AutoCloseable {

    /** So many attempts of one webhook at a time on this node. */
    static final int AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<List<WebhookSettings>> config;
    private final Roster roster;
    private final Intake intake;
    private final Turns turns;
    private final Courier courier;
    private final WebhookFigures figures;
    private final Consumer<Delivery> whenStopped;
    private final Clock clock;
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, daemons("gatehouse-webhooks"));
    private final ExecutorService senders = Executors.newCachedThreadPool(daemons("gatehouse-webhook-sender"));
    private volatile boolean isClosing;

    // confined to the thread that looks
    private Instant nextSweep = Instant.MIN;
    private boolean isLate;

    /**
     * A dispatcher that has not begun.
     *
     * @param config the webhooks, asked each time, for they may change
     * @param whenStopped hears of the delivery to which a receiver answered that it wants no more
     */
    Dispatcher(
            Supplier<List<WebhookSettings>> config,
            Roster roster,
            Intake intake,
            Turns turns,
            Courier courier,
            WebhookFigures figures,
            Consumer<Delivery> whenStopped,
            Clock clock) {
        this.config = config;
        this.roster = roster;
        this.intake = intake;
        this.turns = turns;
        this.courier = courier;
        this.figures = figures;
        this.whenStopped = whenStopped;
        this.clock = clock;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void begin() {
        var unused = thread.scheduleWithFixedDelay(this::lookOrWait, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks soon; does not block. */
    void wake() {
        if (!isClosing && isWoken.compareAndSet(false, true)) {
            try {
                thread.execute(() -> {
                    isWoken.set(false);
                    lookOrWait();
                });
            } catch (RejectedExecutionException e) { // it closes at this moment
                isWoken.set(false);
            }
        }
    }

    private void lookOrWait() {
        try {
            look();
            isLate = false;
        } catch (TemporarilyUnavailable e) {
            if (!isLate && !isClosing) {
                LOG.warn("webhooks wait for the database", e);
            }
            isLate = true;
        } catch (RuntimeException e) { // a task that throws would never run again
            LOG.error("webhooks cannot be sent; trying again", e);
        }
    }

    /** Reads what is new, and sends what is due. */
    void look() {
        List<WebhookSettings> configured = config.get();
        if (!clock.instant().isBefore(nextSweep)) {
            roster.sweep(configured);
            nextSweep = clock.instant().plus(SWEEP_EVERY);
        }
        if (configured.isEmpty()) {
            return;
        }
        Map<String, WebhookRow> rows = roster.rows(configured);
        for (WebhookSettings webhook : configured) {
            Optional<WebhookRow> row = Optional.ofNullable(rows.get(webhook.name()));
            if (row.isPresent()) {
                intake.read(webhook, row.get());
                send(webhook, row.get());
            }
        }
    }

    private void send(WebhookSettings webhook, WebhookRow row) {
        AtomicInteger busy = underWay.computeIfAbsent(webhook.name(), name -> new AtomicInteger());
        int room = (row.isFailing() ? 1 : AT_ONCE) - busy.get();
        if (room <= 0 || row.isLeftAlone(clock.millis()) || isClosing) {
            return;
        }
        for (Turn turn : turns.take(webhook.name(), room)) {
            busy.incrementAndGet();
            try {
                senders.execute(() -> attempt(webhook, turn, busy));
            } catch (RejectedExecutionException e) { // it closes at this moment; the lease ends by itself
                busy.decrementAndGet();
            }
        }
    }

    private void attempt(WebhookSettings webhook, Turn turn, AtomicInteger busy) {
        try {
            Answer answer = Message.of(
                            webhook,
                            turn.delivery().messageId(),
                            clock.instant(),
                            turn.delivery().body())
                    .map(courier::send)
                    .orElseGet(() -> new Answer.NotSent("the secret cannot be read"));
            if (isClosing && !answer.isDelivered()) { // the gateway broke it off
                turns.release(turn);
                return;
            }
            settle(webhook, turn, answer);
        } catch (TemporarilyUnavailable e) {
            LOG.warn("webhook {}: what came of an attempt cannot be noted; it is made again", webhook.name(), e);
        } catch (RuntimeException e) {
            LOG.error("webhook {}: an attempt failed; it is made again", webhook.name(), e);
        } finally {
            busy.decrementAndGet();
            wake();
        }
    }

    private void settle(WebhookSettings webhook, Turn turn, Answer answer) {
        Delivery delivery = turn.delivery();
        Outcome outcome = turns.settle(turn, answer);
        figures.count(webhook.name(), outcome);
        if (outcome == Outcome.DEAD) {
            LOG.warn(
                    "webhook {}: {} (entry {}, {}) was given up after {} attempts: {}; see GET"
                            + " /api/v1/webhooks/{}/deliveries?state=dead",
                    webhook.name(),
                    delivery.messageId(),
                    delivery.sequence(),
                    delivery.type(),
                    delivery.attempts() + 1,
                    answer.described(),
                    webhook.name());
        }
        if (outcome == Outcome.STOPPED) {
            LOG.warn(
                    "webhook {}: its receiver wants no more messages ({}); what happens waits until its config changes"
                            + " or somebody calls POST /api/v1/webhooks/{}/start",
                    webhook.name(),
                    answer.described(),
                    webhook.name());
            whenStopped.accept(delivery);
        }
    }

    /** Breaks off what is under way; it is made again when the gateway is back. */
    @Override
    public void close() {
        isClosing = true;
        thread.shutdown();
        senders.shutdown();
        courier.close();
        try {
            boolean isDone = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    && senders.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!isDone) {
                LOG.warn("a webhook is still being sent; it may be sent again when the gateway is back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            daemon.setContextClassLoader(Dispatcher.class.getClassLoader());
            return daemon;
        };
    }
}
