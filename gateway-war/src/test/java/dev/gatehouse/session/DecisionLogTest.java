package dev.gatehouse.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Failure;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionLogTest {

    private static final Pattern COUNTED = Pattern.compile("refused or failed ([0-9]+) more connections.*");
    private static final int LINES_PER_SECOND = 20;
    private static final Trace NO_TRACE = new Trace(List.of());
    private static final Decision.Refused REFUSED = new Decision.Refused(
            VetoReason.of("AUTH_TOKEN_MISMATCH", VetoReason.Effect.IDENTIFY, "unauthorized: wrong"), NO_TRACE);
    private static final ConnectContext CONTEXT = ConnectFixture.cli()
            .withToken("secret-1")
            .withPassword("secret-2")
            .withDeviceToken("secret-3")
            .withBootstrapToken("secret-4")
            .withHeader("cookie", "secret-5")
            .withDevice()
            .connect();

    private final Logger logger = Logger.getLogger(DecisionLog.class.getName());
    private final Lines lines = new Lines();
    private final DecisionLog log = new DecisionLog();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(lines);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(lines);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    @Test
    void refusal_isWrittenUnderItsId_withWhoAndWhy() {
        log.refused("00c0ffee00", CONTEXT, REFUSED);

        assertThat(lines.texts())
                .singleElement()
                .asString()
                .startsWith("refused #00c0ffee00 AUTH_TOKEN_MISMATCH conn=")
                .contains("peer=127.0.0.1 client=cli/cli role=operator device=56475aa7")
                .contains(": unauthorized: wrong [");
    }

    @Test
    void refusal_isWrittenWithItsFixes_onOneLine() {
        VetoReason reason = REFUSED.reason().withFix("allow it\nrefused #1").withFix("or wait");

        log.refused("1", CONTEXT, new Decision.Refused(reason, NO_TRACE));

        assertThat(lines.texts()).singleElement().asString().endsWith("; fix: allow it refused #1; fix: or wait");
    }

    @Test
    void noLine_holdsASecret() {
        log.admitted(CONTEXT, new Decision.Admitted(new Identity(Identity.TOKEN, "gateway"), Scopes.none(), NO_TRACE));
        log.refused("1", CONTEXT, REFUSED);
        log.failed("2", CONTEXT, failed());

        assertThat(lines.texts()).hasSize(3).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void stormOfRefusals_isWrittenInPart_andCounted() {
        long second = System.nanoTime() / 1_000_000_000;
        int refusals = 0;
        while (lines.texts().stream().noneMatch(line -> COUNTED.matcher(line).matches())) {
            log.refused("1", CONTEXT, REFUSED);
            refusals++;
        }
        long seconds = System.nanoTime() / 1_000_000_000 - second + 1;

        long written = lines.texts().stream()
                .filter(line -> line.startsWith("refused #"))
                .count();
        assertThat(written).isBetween(1L, LINES_PER_SECOND * seconds);
        assertThat(written + counted()).isEqualTo(refusals);
    }

    @Test
    void failures_areWrittenEveryOne() {
        for (int i = 0; i < LINES_PER_SECOND * 3; i++) {
            log.failed("0badcafe00", CONTEXT, failed());
        }

        assertThat(lines.texts())
                .hasSize(LINES_PER_SECOND * 3)
                .allMatch(line -> line.startsWith("failed, incident 0badcafe00: check 'pairing' threw"));
    }

    @Test
    void failures_thatFollowFromAnOpenBreaker_areWrittenInPart() {
        Failure failure = new Failure("pairing", Failure.Kind.CIRCUIT_OPEN, "is not asked", null);
        while (lines.texts().stream().noneMatch(line -> COUNTED.matcher(line).matches())) {
            log.failed("0badcafe00", CONTEXT, new Decision.Failed(failure, NO_TRACE));
        }

        assertThat(counted()).isPositive();
    }

    private long counted() {
        return lines.texts().stream()
                .map(COUNTED::matcher)
                .filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .sum();
    }

    private static Decision.Failed failed() {
        Failure failure = new Failure("pairing", Failure.Kind.THREW, "threw a tantrum", new IllegalStateException());
        return new Decision.Failed(failure, NO_TRACE);
    }

    private static final class Lines extends Handler {

        private final List<String> texts = new CopyOnWriteArrayList<>();

        List<String> texts() {
            return texts;
        }

        @Override
        public void publish(LogRecord line) {
            texts.add(Optional.ofNullable(line.getMessage()).orElse(""));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
