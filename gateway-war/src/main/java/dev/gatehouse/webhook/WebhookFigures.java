package dev.gatehouse.webhook;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.gatehouse.webhook.Turns.Outcome;

/**
 * What this node counts of webhooks, for the metrics: as many as the config has, and those that it had since the node
 * started. Safe for concurrent use; never blocks.
 */
public final class WebhookFigures {

    private final Map<String, Counts> counts = new ConcurrentHashMap<>();
    private volatile List<Waiting> waiting = List.of();

    WebhookFigures() {}

    /**
     * What this node did for a webhook.
     *
     * @param webhook its name
     * @param delivered how many messages arrived
     * @param failed how many attempts failed
     * @param dead how many messages were given up
     */
    public record Done(String webhook, long delivered, long failed, long dead) {}

    /**
     * What waits for a webhook on every node, as it was when somebody looked last.
     *
     * @param webhook its name
     * @param pending how many messages are still tried
     * @param dead how many were given up and are kept
     * @param isStopped whether its receiver wants no more
     */
    public record Waiting(String webhook, int pending, int dead, boolean isStopped) {}

    /** What was done, for each webhook that the config has or had. */
    public List<Done> done() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue().done(entry.getKey()))
                .toList();
    }

    /** What waits, for each webhook of the config. */
    public List<Waiting> waiting() {
        return waiting;
    }

    void count(String webhook, Outcome outcome) {
        counts.computeIfAbsent(webhook, name -> new Counts()).add(outcome);
    }

    /** A webhook for which nothing was done yet counts from zero. */
    void waiting(List<Waiting> now) {
        now.forEach(each -> counts.computeIfAbsent(each.webhook(), name -> new Counts()));
        waiting = List.copyOf(now);
    }

    private static final class Counts {

        private final Map<Outcome, LongAdder> adders = new EnumMap<>(Outcome.class);

        Counts() {
            for (Outcome outcome : Outcome.values()) {
                adders.put(outcome, new LongAdder());
            }
        }

        void add(Outcome outcome) {
            adder(outcome).increment();
        }

        Done done(String webhook) {
            long dead = adder(Outcome.DEAD).sum();
            long failed = adder(Outcome.FAILED).sum() + adder(Outcome.STOPPED).sum() + dead;
            return new Done(webhook, adder(Outcome.DELIVERED).sum(), failed, dead);
        }

        private LongAdder adder(Outcome outcome) {
            return Objects.requireNonNull(adders.get(outcome));
        }
    }
}
