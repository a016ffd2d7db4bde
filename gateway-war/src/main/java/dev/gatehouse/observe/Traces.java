package dev.gatehouse.observe;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.spi.ConnectContext;

/**
 * Traces of admissions, while the config names a collector. Without one no class of OpenTelemetry is loaded and no thread
 * started; a config that names another collector takes effect with the next decision. Safe for concurrent use.
 */
final class Traces implements AdmissionListener, AutoCloseable {

    private final Supplier<TraceSettings> settings;
    private final String version;
    private final Clock clock;

    private volatile Exporting current = new Exporting(new TraceSettings(Optional.empty(), false), Optional.empty());
    private boolean isClosed; // guarded by this

    private record Exporting(TraceSettings settings, Optional<OtlpTraces> traces) {}

    Traces(Supplier<TraceSettings> settings, String version, Clock clock) {
        this.settings = settings;
        this.version = version;
        this.clock = clock;
    }

    @Override
    public void decided(ConnectContext context, Decision decision, Duration handshake) {
        inForce(settings.get()).ifPresent(traces -> traces.record(context, decision, handshake));
    }

    private Optional<OtlpTraces> inForce(TraceSettings now) {
        Exporting known = current;
        return now.equals(known.settings()) ? known.traces() : changeTo(now);
    }

    private synchronized Optional<OtlpTraces> changeTo(TraceSettings next) {
        if (isClosed || next.equals(current.settings())) {
            return current.traces();
        }
        Optional<OtlpTraces> before = current.traces();
        current = new Exporting(
                next, next.otlpEndpoint().map(endpoint -> new OtlpTraces(endpoint, next.addresses(), version, clock)));
        before.ifPresent(OtlpTraces::endSoon);
        return current.traces();
    }

    /** Sends what waits to be sent, and ends; waits a moment for a collector that is slow. */
    @Override
    public synchronized void close() {
        isClosed = true;
        current.traces().ifPresent(OtlpTraces::close);
        current = new Exporting(current.settings(), Optional.empty());
    }
}
