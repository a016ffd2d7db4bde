package dev.gatehouse.observe;

import java.util.Locale;

import dev.gatehouse.control.CallListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts calls by method, of which only the gateway's own are told apart. Lock-free; safe for concurrent use. */
final class CallMetrics implements CallListener {

    private final Counter calls;

    CallMetrics(PrometheusRegistry registry) {
        calls = Counter.builder()
                .name("gatehouse_rpc_calls_total")
                .help("Calls of admitted clients by method and by how they ended")
                .labelNames("method", "outcome")
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void answered(String method, Outcome outcome) {
        calls.labelValues(method, outcome.name().toLowerCase(Locale.ROOT)).inc();
    }
}
