package dev.gatehouse.observe;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.gatehouse.device.RegistryCounts;
import dev.gatehouse.spi.TemporarilyUnavailable;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * How much there is in the registry, as it was when somebody {@linkplain #look looked} last, so that no scrape waits for
 * the database. While the database does not answer nothing is told, for old counts would look like new ones. Safe for
 * concurrent use; only {@link #look} blocks.
 */
final class RegistryMetrics {

    private static final System.Logger LOG = System.getLogger(RegistryMetrics.class.getName());

    private final Supplier<RegistryCounts> counter;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile Optional<RegistryCounts> counts = Optional.empty();

    /**
     * Metrics of a registry that nobody has looked at yet.
     *
     * @param counter counts; may block
     */
    RegistryMetrics(PrometheusRegistry registry, Supplier<RegistryCounts> counter) {
        this.counter = counter;
        GaugeWithCallback.builder()
                .name("gatehouse_devices")
                .help("Approved devices")
                .callback(gauge -> counts.ifPresent(now -> gauge.call((double) now.devices())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatehouse_pairing_requests_pending")
                .help("Pairing requests that wait for an operator")
                .callback(gauge -> counts.ifPresent(now -> gauge.call((double) now.pairingPending())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatehouse_device_tokens")
                .help("Roles of devices by the state of their token")
                .labelNames("state")
                .callback(gauge -> counts.ifPresent(now -> tokens(gauge, now)))
                .register(registry);
    }

    /** Counts again; does nothing while another thread does. */
    void look() {
        if (!isLooking.compareAndSet(false, true)) {
            return;
        }
        try {
            counts = Optional.of(counter.get());
        } catch (TemporarilyUnavailable e) { // gatehouse_database_up says so
            counts = Optional.empty();
        } catch (RuntimeException e) {
            counts = Optional.empty();
            LOG.log(Level.ERROR, "the registry cannot be counted for the metrics", e);
        } finally {
            isLooking.set(false);
        }
    }

    private static void tokens(GaugeWithCallback.Callback gauge, RegistryCounts now) {
        gauge.call((double) now.activeTokens(), "active");
        gauge.call((double) now.expiredTokens(), "expired");
        gauge.call((double) now.revokedTokens(), "revoked");
        gauge.call((double) now.missingTokens(), "missing");
    }
}
