package dev.gatehouse.observe;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.gatehouse.device.PoolFigures;
import dev.gatehouse.session.LiveSessions;
import dev.gatehouse.spi.Role;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How the gateway runs at this moment: its sessions, its connections to the database, its process. */
final class RuntimeMetrics {

    private RuntimeMetrics() {}

    static void ofSessions(PrometheusRegistry registry, LiveSessions sessions) {
        GaugeWithCallback.builder()
                .name("gatehouse_live_sessions")
                .help("Sessions of this node by role")
                .labelNames("role")
                .callback(gauge -> {
                    for (Role role : Role.values()) {
                        gauge.call((double) sessions.count(role), role.wireName());
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("gatehouse_slow_consumers_total")
                .help("Clients that were closed because they did not read what they were sent")
                .callback(counter -> counter.call((double) sessions.slowConsumers()))
                .register(registry);
    }

    static void ofDatabase(PrometheusRegistry registry, BooleanSupplier isUp, Supplier<PoolFigures> pool) {
        GaugeWithCallback.builder()
                .name("gatehouse_database_up")
                .help("1 while the database answers")
                .callback(gauge -> gauge.call(isUp.getAsBoolean() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatehouse_database_connections")
                .help("Connections to the database that are in use and idle, and threads that wait for one")
                .labelNames("state")
                .callback(gauge -> {
                    PoolFigures now = pool.get();
                    gauge.call(now.active(), "active");
                    gauge.call(now.idle(), "idle");
                    gauge.call(now.waiting(), "waiting");
                })
                .register(registry);
    }

    /**
     * One by one: those left out hang a listener on the JVM, which would keep the classes of an undeployed gateway, or
     * ask for what a server may not have switched on.
     */
    static void ofProcess(PrometheusRegistry registry) {
        ProcessMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
    }
}
