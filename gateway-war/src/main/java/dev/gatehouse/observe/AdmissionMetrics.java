package dev.gatehouse.observe;

import java.time.Duration;
import java.util.Set;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.UpgradeContext;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts decisions and refusals, and how long handshakes take. Lock-free while nobody scrapes; safe for concurrent use. */
final class AdmissionMetrics implements AdmissionListener {

    /** Who refuses when it is no check: the door itself, or the sum of what all checks said. */
    private static final String GATEWAY = "gateway";

    private static final String NO_METHOD = "";
    private static final String ADMITTED = "admitted";
    private static final String REFUSED = "refused";
    private static final String FAILED = "failed";
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 15};
    private static final Set<String> METHODS =
            Set.of(Identity.TOKEN, Identity.PASSWORD, Identity.DEVICE_TOKEN, Identity.BOOTSTRAP_TOKEN);
    private static final int CODES_MAX = 100;
    private static final int METHODS_MAX = 20;
    private static final int CHECKS_MAX = 50;

    private final BoundedLabel methods = new BoundedLabel(METHODS, METHODS_MAX);
    private final BoundedLabel checks = new BoundedLabel(Set.of(GATEWAY), CHECKS_MAX);
    private final BoundedLabel codes;
    private final Counter admissions;
    private final Counter refusals;
    private final Histogram handshakes;

    /**
     * Metrics of a gateway that has decided nothing yet.
     *
     * @param knownCodes the codes of refusals that the gateway knows itself
     */
    AdmissionMetrics(PrometheusRegistry registry, Set<String> knownCodes) {
        codes = new BoundedLabel(knownCodes, CODES_MAX);
        admissions = Counter.builder()
                .name("gatehouse_admissions_total")
                .help("Connections by what became of them, and by how their clients were identified")
                .labelNames("decision", "method")
                .withoutExemplars()
                .register(registry);
        refusals = Counter.builder()
                .name("gatehouse_refusals_total")
                .help("Refused connections by who refused them and why")
                .labelNames("check", "code")
                .withoutExemplars()
                .register(registry);
        handshakes = Histogram.builder()
                .name("gatehouse_handshake_seconds")
                .help("From the challenge to the answer, with the time that the client takes")
                .labelNames("decision")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars()
                .register(registry);
        METHODS.forEach(method -> admissions.initLabelValues(ADMITTED, method));
        admissions.initLabelValues(REFUSED, NO_METHOD);
        admissions.initLabelValues(FAILED, NO_METHOD);
    }

    @Override
    public void decided(ConnectContext context, Decision decision, Duration handshake) {
        if (decision instanceof Decision.Admitted admitted) {
            count(ADMITTED, methods.of(admitted.identity().method()), handshake);
            return;
        }
        if (decision instanceof Decision.Refused refused) {
            count(REFUSED, NO_METHOD, handshake);
            refusals.labelValues(
                            checks.of(refusing(refused)),
                            codes.of(refused.reason().code()))
                    .inc();
            return;
        }
        count(FAILED, NO_METHOD, handshake);
    }

    @Override
    public void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {
        count(REFUSED, NO_METHOD, handshake);
        refusals.labelValues(GATEWAY, codes.of(code)).inc();
    }

    private void count(String decision, String method, Duration handshake) {
        admissions.labelValues(decision, method).inc();
        handshakes.labelValues(decision).observe(handshake.toNanos() / 1e9);
    }

    /** The check whose objection is told. */
    private static String refusing(Decision.Refused refused) {
        String code = refused.reason().code();
        for (Trace.Entry entry : refused.trace().entries()) {
            boolean objects = entry.answer() == Trace.Answer.VETO || entry.answer() == Trace.Answer.ABSENT;
            if (objects && entry.code().filter(code::equals).isPresent()) {
                return entry.check();
            }
        }
        return GATEWAY;
    }
}
