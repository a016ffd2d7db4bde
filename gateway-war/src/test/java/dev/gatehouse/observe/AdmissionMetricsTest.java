package dev.gatehouse.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Failure;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionMetricsTest {

    private static final Duration TOOK = Duration.ofMillis(20);
    private static final ConnectContext CONTEXT = ConnectFixture.cli().connect();

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AdmissionMetrics metrics = new AdmissionMetrics(registry, Set.of("AUTH_TOKEN_MISMATCH"));

    @Test
    void admission_isCountedByMethod() throws IOException {
        metrics.decided(CONTEXT, admittedBy(Identity.TOKEN), TOOK);

        assertThat(scrape())
                .contains("gatehouse_admissions_total{decision=\"admitted\",method=\"token\"} 1.0")
                .contains("gatehouse_handshake_seconds_bucket{decision=\"admitted\",le=\"0.01\"} 0")
                .contains("gatehouse_handshake_seconds_bucket{decision=\"admitted\",le=\"0.025\"} 1");
    }

    @Test
    void refusal_isCountedForTheCheckWhoseObjectionIsTold() throws IOException {
        metrics.decided(
                CONTEXT,
                refused(
                        "AUTH_TOKEN_MISMATCH",
                        entry("origin", Answer.PASS, Optional.empty()),
                        entry("token", Answer.VETO, Optional.of("AUTH_TOKEN_MISMATCH"))),
                TOOK);

        assertThat(scrape())
                .contains("gatehouse_admissions_total{decision=\"refused\",method=\"\"} 1.0")
                .contains("gatehouse_refusals_total{check=\"token\",code=\"AUTH_TOKEN_MISMATCH\"} 1.0");
    }

    @Test
    void refusal_thatNoCheckAskedFor_isTheGateways() throws IOException {
        metrics.decided(CONTEXT, refused("NOT_IDENTIFIED", entry("token", Answer.PASS, Optional.empty())), TOOK);
        metrics.turnedAway(CONTEXT.upgrade(), "HANDSHAKE_TIMEOUT", TOOK);

        assertThat(scrape())
                .contains("gatehouse_refusals_total{check=\"gateway\",code=\"NOT_IDENTIFIED\"} 1.0")
                .contains("gatehouse_refusals_total{check=\"gateway\",code=\"HANDSHAKE_TIMEOUT\"} 1.0")
                .contains("gatehouse_admissions_total{decision=\"refused\",method=\"\"} 2.0");
    }

    @Test
    void failure_isCounted() throws IOException {
        Failure failure = new Failure("token", Failure.Kind.TIMED_OUT, "late", null);

        metrics.decided(CONTEXT, new Decision.Failed(failure, new Trace(List.of())), TOOK);

        assertThat(scrape()).contains("gatehouse_admissions_total{decision=\"failed\",method=\"\"} 1.0");
    }

    @Test
    void namesThatPluginsInvent_areBounded() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            metrics.decided(CONTEXT, admittedBy("method-" + i), TOOK);
            metrics.decided(
                    CONTEXT,
                    refused("CODE_" + i, entry("check-" + i % 300, Answer.VETO, Optional.of("CODE_" + i))),
                    TOOK);
            metrics.turnedAway(CONTEXT.upgrade(), "AWAY_" + i, TOOK);
        }

        List<String> lines = scrape().lines().toList();

        assertThat(lines)
                .filteredOn(line -> line.startsWith("gatehouse_refusals_total"))
                .hasSizeLessThan(250);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("gatehouse_admissions_total"))
                .hasSizeLessThan(30);
        assertThat(lines).anyMatch(line -> line.startsWith("gatehouse_refusals_total{check=\"other\",code=\"other\"}"));
    }

    @Test
    void hostileName_staysInsideItsLabel() throws IOException {
        String hostile = "A\"} 1\nforged_total{x=\"\\\uD83D\uDE08";

        metrics.decided(CONTEXT, admittedBy(hostile), TOOK);

        assertThat(scrape())
                .contains("method=\"A\\\"} 1\\nforged_total{x=\\\"\\\\\uD83D\uDE08\"} 1.0")
                .doesNotContain("\nforged_total");
    }

    private static Decision admittedBy(String method) {
        return new Decision.Admitted(new Identity(method, "somebody"), Scopes.of(Scopes.ADMIN), new Trace(List.of()));
    }

    private static Decision refused(String code, Trace.Entry... entries) {
        VetoReason reason = VetoReason.of(code, VetoReason.Effect.IDENTIFY, "no");
        return new Decision.Refused(reason, new Trace(List.of(entries)));
    }

    private static Trace.Entry entry(String check, Answer answer, Optional<String> code) {
        return new Trace.Entry(Stage.CONNECT, check, answer, code, Duration.ofNanos(1), System.nanoTime());
    }

    private String scrape() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ExpositionFormats.init().getPrometheusTextFormatWriter().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }
}
