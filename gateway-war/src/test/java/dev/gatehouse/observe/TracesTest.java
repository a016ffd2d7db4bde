package dev.gatehouse.observe;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Failure;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.observe.Collector.Exported;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What arrives at a collector, over HTTP. */
class TracesTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT_ID = "b7ad6b7169203331";
    private static final Duration HANDSHAKE = Duration.ofMillis(500);
    private static final Duration TOOK = Duration.ofMillis(5);
    private static final String SECRET = "canary-shared-secret";

    private final AtomicReference<TraceSettings> settings = new AtomicReference<>();
    private final Traces traces = new Traces(settings::get, "1.2.3", Clock.systemUTC());
    private Collector collector;

    @BeforeEach
    void listen() throws IOException {
        collector = new Collector();
        settings.set(new TraceSettings(Optional.of(collector.url()), false));
    }

    @AfterEach
    void close() {
        traces.close();
        collector.close();
    }

    @Test
    void admission_isASpanWithOneForEachCheck() {
        traces.decided(ConnectFixture.cli().connect(), admitted(), HANDSHAKE);
        traces.close();

        Exported admission = span("admission");
        assertThat(admission.parentId()).isEmpty();
        assertThat(admission.end() - admission.start()).isEqualTo(HANDSHAKE.toNanos());
        assertThat(admission.attributes())
                .containsEntry("gatehouse.decision", "admitted")
                .containsEntry("gatehouse.method", "token")
                .containsEntry("gatehouse.role", "operator")
                .doesNotContainKey("client.address");
        Exported check = span("check token");
        assertThat(check.parentId()).isEqualTo(admission.spanId());
        assertThat(check.traceId()).isEqualTo(admission.traceId());
        assertThat(check.end() - check.start()).isEqualTo(TOOK.toNanos());
        assertThat(check.attributes())
                .containsEntry("gatehouse.stage", "connect")
                .containsEntry("gatehouse.answer", "identified");
    }

    @Test
    void refusalAndFailure_sayWhy() {
        VetoReason reason = VetoReason.of("AUTH_TOKEN_MISMATCH", VetoReason.Effect.IDENTIFY, "no: " + SECRET);
        Failure failure = new Failure("token", Failure.Kind.TIMED_OUT, "late", null);

        traces.decided(context(), new Decision.Refused(reason, new Trace(List.of())), HANDSHAKE);
        traces.decided(context(), new Decision.Failed(failure, new Trace(List.of())), HANDSHAKE);
        traces.close();

        assertThat(collector.spans())
                .extracting(span -> span.attributes().get("gatehouse.code"))
                .containsExactlyInAnyOrder("AUTH_TOKEN_MISMATCH", "timed_out");
    }

    @Test
    void traceparent_ofTheUpgrade_isTheParent() {
        traces.decided(
                ConnectFixture.cli()
                        .withHeader("traceparent", "00-" + TRACE_ID + "-" + PARENT_ID + "-01")
                        .connect(),
                admitted(),
                HANDSHAKE);
        traces.close();

        assertThat(span("admission").traceId()).isEqualTo(TRACE_ID);
        assertThat(span("admission").parentId()).isEqualTo(PARENT_ID);
    }

    @Test
    void traceparent_thatIsNotSampled_isHonoured() {
        traces.decided(
                ConnectFixture.cli()
                        .withHeader("traceparent", "00-" + TRACE_ID + "-" + PARENT_ID + "-00")
                        .connect(),
                admitted(),
                HANDSHAKE);
        traces.close();

        assertThat(collector.spans()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-zz-b7ad6b7169203331-01",
                "\uD83D\uDE08",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01"
            })
    void traceparent_thatIsNone_isLeftOut(String header) {
        traces.decided(ConnectFixture.cli().withHeader("traceparent", header).connect(), admitted(), HANDSHAKE);
        traces.close();

        assertThat(span("admission").parentId()).isEmpty();
    }

    @Test
    void spans_holdNoSecretAndNoAddress() {
        traces.decided(context(), admitted(), HANDSHAKE);
        traces.close();

        assertThat(collector.spans().toString())
                .contains("admission")
                .doesNotContain(SECRET, "203.0.113.9", "canary-cookie");
    }

    @Test
    void spans_nameTheAddressWhenTheyAreToldTo() {
        settings.set(new TraceSettings(Optional.of(collector.url()), true));

        traces.decided(context(), admitted(), HANDSHAKE);
        traces.close();

        assertThat(span("admission").attributes()).containsEntry("client.address", "203.0.113.9");
    }

    @Test
    void attribute_thatIsVeryLong_isCut() {
        Identity identity = new Identity("m".repeat(10_000), "somebody");
        traces.decided(
                context(), new Decision.Admitted(identity, Scopes.of(Scopes.ADMIN), new Trace(List.of())), HANDSHAKE);
        traces.close();

        assertThat(span("admission").attributes().get("gatehouse.method")).hasSize(128);
    }

    @Test
    void collector_thatIsChanged_getsTheNextSpans() throws IOException {
        traces.decided(context(), admitted(), HANDSHAKE);
        try (Collector other = new Collector()) {
            settings.set(new TraceSettings(Optional.of(other.url()), false));
            traces.decided(context(), admitted(), HANDSHAKE);
            traces.close();

            assertThat(other.spans()).hasSize(2);
        }
    }

    @Test
    void traces_withoutACollector_startNoThread() {
        settings.set(new TraceSettings(Optional.empty(), false));
        Set<Thread> before = senders();

        traces.decided(context(), admitted(), HANDSHAKE);

        assertThat(collector.spans()).isEmpty();
        assertThat(before).containsAll(senders());
    }

    @Test
    void traces_withACollector_startAThread() {
        Set<Thread> before = senders();

        traces.decided(context(), admitted(), HANDSHAKE);

        assertThat(senders()).isNotEmpty().isNotEqualTo(before);
    }

    private static Set<Thread> senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("BatchSpanProcessor"))
                .collect(Collectors.toSet());
    }

    private static ConnectContext context() {
        return ConnectFixture.cli()
                .from("203.0.113.9")
                .withToken(SECRET)
                .withHeader("cookie", "canary-cookie")
                .connect();
    }

    private static Decision admitted() {
        Trace.Entry entry = new Trace.Entry(
                Stage.CONNECT, "token", Answer.IDENTIFIED, Optional.empty(), TOOK, System.nanoTime() - 10_000_000);
        return new Decision.Admitted(
                new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN), new Trace(List.of(entry)));
    }

    private Exported span(String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
