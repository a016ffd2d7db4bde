package dev.gatehouse.observe;

import dev.gatehouse.webhook.WebhookFigures;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is counted of webhooks, read when it is asked for. The names of webhooks are the operator's. Stateless. */
final class WebhookMetrics {

    private static final String WEBHOOK = "webhook";

    private WebhookMetrics() {}

    static void of(PrometheusRegistry registry, WebhookFigures figures) {
        CounterWithCallback.builder()
                .name("gatehouse_webhook_deliveries_total")
                .help("Attempts to deliver by outcome, of this node; dead ones count as failed, too")
                .labelNames(WEBHOOK, "outcome")
                .callback(counter -> figures.done().forEach(done -> {
                    counter.call((double) done.delivered(), done.webhook(), "delivered");
                    counter.call((double) done.failed(), done.webhook(), "failed");
                    counter.call((double) done.dead(), done.webhook(), "dead");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatehouse_webhook_pending")
                .help("Messages that are still tried, of all nodes")
                .labelNames(WEBHOOK)
                .callback(
                        gauge -> figures.waiting().forEach(waiting -> gauge.call(waiting.pending(), waiting.webhook())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatehouse_webhook_dead")
                .help("Messages that were given up and are kept, of all nodes")
                .labelNames(WEBHOOK)
                .callback(gauge -> figures.waiting().forEach(waiting -> gauge.call(waiting.dead(), waiting.webhook())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatehouse_webhook_stopped")
                .help("1 while the receiver wants no more messages")
                .labelNames(WEBHOOK)
                .callback(gauge -> figures.waiting()
                        .forEach(waiting -> gauge.call(waiting.isStopped() ? 1 : 0, waiting.webhook())))
                .register(registry);
    }
}
