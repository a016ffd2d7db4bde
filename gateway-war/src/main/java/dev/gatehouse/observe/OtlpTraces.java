package dev.gatehouse.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Sends a span for each decision, and one for each check that was asked, to a collector.
 *
 * <p>Spans are made when the decision is there and queued, {@value #QUEUE_MAX} at most; a collector that is slow or gone
 * costs spans and nothing else. No header, credential, text or device id goes out; codes and names are cut to {@value
 * #TEXT_MAX} characters. The only class that knows OpenTelemetry. Safe for concurrent use.
 */
final class OtlpTraces implements AutoCloseable {

    private static final String SCOPE = "dev.gatehouse.admission";
    private static final String TRACEPARENT = "traceparent";
    private static final int QUEUE_MAX = 2048;
    private static final int TEXT_MAX = 128;
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SEND_EVERY = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final boolean addresses;
    private final Clock clock;

    /**
     * Traces that go to this URL.
     *
     * @param addresses whether spans name the client's address
     */
    OtlpTraces(String endpoint, boolean addresses, String version, Clock clock) {
        this.addresses = addresses;
        this.clock = clock;
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(SEND_TIMEOUT)
                .setConnectTimeout(SEND_TIMEOUT)
                // The sender is found as a service; the thread may belong to the server, and the server has senders of
                // its own.
                .setServiceClassLoader(OtlpTraces.class.getClassLoader())
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "gatehouse")
                        .put("service.version", version)
                        .build()))
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(TEXT_MAX)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUE_MAX)
                        .setScheduleDelay(SEND_EVERY)
                        .build())
                .build();
        tracer = provider.get(SCOPE, version);
    }

    /** Makes the spans of one decision, which has just been made; returns at once. */
    void record(ConnectContext context, Decision decision, Duration handshake) {
        Instant end = clock.instant();
        long nanosNow = System.nanoTime();
        Span admission = begin(context, end.minus(handshake));
        describe(admission, decision);
        Context parent = Context.root().with(admission);
        for (Trace.Entry entry : decision.trace().entries()) {
            check(parent, entry, end.minusNanos(nanosNow - entry.askedAt()));
        }
        admission.end(end);
    }

    private Span begin(ConnectContext context, Instant start) {
        UpgradeContext upgrade = context.upgrade();
        SpanBuilder builder = tracer.spanBuilder("admission")
                .setParent(W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), upgrade, TraceparentOnly.INSTANCE))
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start)
                .setAttribute("gatehouse.connection.id", upgrade.connectionId())
                .setAttribute("gatehouse.role", context.role().wireName());
        if (addresses) {
            builder.setAttribute("client.address", upgrade.address().getHostAddress());
        }
        return builder.startSpan();
    }

    private static void describe(Span admission, Decision decision) {
        if (decision instanceof Decision.Admitted admitted) {
            admission.setAttribute("gatehouse.decision", "admitted");
            admission.setAttribute("gatehouse.method", admitted.identity().method());
        }
        if (decision instanceof Decision.Refused refused) {
            admission.setAttribute("gatehouse.decision", "refused");
            admission.setAttribute("gatehouse.code", refused.reason().code());
        }
        if (decision instanceof Decision.Failed failed) {
            admission.setAttribute("gatehouse.decision", "failed");
            admission.setAttribute(
                    "gatehouse.code", CheckTimes.lowerCase(failed.failure().kind()));
            admission.setStatus(StatusCode.ERROR);
        }
    }

    private void check(Context parent, Trace.Entry entry, Instant start) {
        Span span = tracer.spanBuilder("check " + entry.check())
                .setParent(parent)
                .setStartTimestamp(start)
                .setAttribute("gatehouse.check", entry.check())
                .setAttribute("gatehouse.stage", CheckTimes.lowerCase(entry.stage()))
                .setAttribute("gatehouse.answer", CheckTimes.lowerCase(entry.answer()))
                .startSpan();
        entry.code().ifPresent(code -> span.setAttribute("gatehouse.code", code));
        if (entry.answer() == Trace.Answer.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(start.plus(entry.took()));
    }

    /** Sends what waits to be sent and ends, without waiting for that. */
    CompletableResultCode endSoon() {
        return provider.shutdown();
    }

    @Override
    public void close() {
        endSoon().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Shows the propagator one header of the upgrade; whatever else it would take from a client stays out. */
    private enum TraceparentOnly implements TextMapGetter<UpgradeContext> {
        INSTANCE;

        @Override
        public Iterable<String> keys(UpgradeContext upgrade) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable UpgradeContext upgrade, String key) {
            return upgrade != null && key.equals(TRACEPARENT)
                    ? upgrade.header(TRACEPARENT).orElse(null)
                    : null;
        }
    }
}
