package dev.gatehouse.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.control.CallListener;
import dev.gatehouse.control.Health;
import dev.gatehouse.device.Database;
import dev.gatehouse.device.RegistryCounter;
import dev.gatehouse.session.LiveSessions;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.webhook.WebhookFigures;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Everything that watches one gateway, with a registry of metrics of its own: two gateways on one server do not meet.
 * Safe for concurrent use; only {@link #countRegistry} and {@link #close} block.
 */
public final class Observatory implements AdmissionListener, AutoCloseable {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final AdmissionMetrics admissions;
    private final CallMetrics calls;
    private final RegistryMetrics counts;
    private final AdmissionMinutes minutes;
    private final Readiness readiness;
    private final Traces traces;

    /**
     * What there is to watch.
     *
     * @param desk the chain and its plugins
     * @param sessions who is connected
     * @param health knows whether the database answers
     * @param database whose connections are counted
     * @param counter counts devices and requests
     */
    public record Sights(
            ChainDesk desk, LiveSessions sessions, Health health, Database database, RegistryCounter counter) {}

    /**
     * Begins to watch.
     *
     * @param knownCodes the codes of refusals that the gateway knows itself; of others, the first hundred are told apart
     * @param traceSettings where traces go; asked for each decision, for it may change
     * @param version the gateway's version
     */
    public Observatory(
            Sights sights, Set<String> knownCodes, Supplier<TraceSettings> traceSettings, String version, Clock clock) {
        admissions = new AdmissionMetrics(registry, knownCodes);
        calls = new CallMetrics(registry);
        counts = new RegistryMetrics(registry, sights.counter()::count);
        minutes = new AdmissionMinutes(clock);
        readiness = new Readiness(sights.health()::isDatabaseUp);
        traces = new Traces(traceSettings, version, clock);
        registry.register(new ChainMetrics(sights.desk()));
        RuntimeMetrics.ofSessions(registry, sights.sessions());
        RuntimeMetrics.ofDatabase(registry, sights.health()::isDatabaseUp, sights.database()::pool);
        RuntimeMetrics.ofProcess(registry);
    }

    @Override
    public void decided(ConnectContext context, Decision decision, Duration handshake) {
        admissions.decided(context, decision, handshake);
        minutes.decided(context, decision, handshake);
        traces.decided(context, decision, handshake);
    }

    @Override
    public void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {
        admissions.turnedAway(upgrade, code, handshake);
        minutes.turnedAway(upgrade, code, handshake);
    }

    /** Tells of webhooks as well; to be called once. */
    public void watch(WebhookFigures webhooks) {
        WebhookMetrics.of(registry, webhooks);
    }

    /** Counts calls. */
    public CallListener calls() {
        return calls;
    }

    /** Admissions by the minute. */
    public AdmissionMinutes minutes() {
        return minutes;
    }

    /** Whether the gateway has started and can be used. */
    public Readiness readiness() {
        return readiness;
    }

    /** Counts what is in the registry, for the scrapes until the next time. */
    public void countRegistry() {
        counts.look();
    }

    /** The media type of what {@link #write} writes. */
    public String contentType(Optional<String> accept) {
        return writer(accept).getContentType();
    }

    /**
     * Writes every metric as it is now.
     *
     * @param accept the {@code Accept} header of who asks: OpenMetrics if that names it, Prometheus text otherwise
     */
    public void write(Optional<String> accept, OutputStream to) throws IOException {
        writer(accept).write(to, registry.scrape());
    }

    private ExpositionFormatWriter writer(Optional<String> accept) {
        return accept.filter(given -> given.contains("application/openmetrics-text"))
                .<ExpositionFormatWriter>map(given -> formats.getOpenMetricsTextFormatWriter())
                .orElseGet(formats::getPrometheusTextFormatWriter);
    }

    @Override
    public void close() {
        traces.close();
    }
}
