package dev.gatehouse.management;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.ChainEntry;
import dev.gatehouse.admission.CheckFigures;
import dev.gatehouse.admission.ShadowFigures;
import dev.gatehouse.chain.CheckReport;
import dev.gatehouse.plugin.PluginFacts;
import dev.gatehouse.refusal.OriginLine;

/** A check as the API shows it. Times are in microseconds. */
record CheckView(
        String check,
        boolean inChain,
        Optional<String> mode,
        Optional<String> until,
        Optional<Boolean> overdue,
        PluginView plugin,
        Map<String, Object> settings,
        Optional<String> state,
        Optional<FiguresView> figures,
        Optional<ShadowView> shadow) {

    /** The plugin that a check comes with. */
    record PluginView(
            String id,
            String version,
            String requires,
            String file,
            String sha256,
            boolean bundled,
            List<String> signers) {

        static PluginView of(PluginFacts plugin) {
            return new PluginView(
                    plugin.id(),
                    plugin.version(),
                    plugin.requires(),
                    plugin.fileName(),
                    plugin.sha256(),
                    plugin.bundled(),
                    plugin.signers());
        }
    }

    /** What a check was asked and answered since the chain came into force. */
    record FiguresView(
            long asked,
            long passed,
            long identified,
            long absent,
            long vetoed,
            long failed,
            long notAsked,
            long meanMicros,
            long p50Micros,
            long p99Micros,
            long maxMicros,
            Optional<FailureView> lastFailure) {

        static FiguresView of(CheckFigures figures) {
            CheckFigures.Times times = figures.times();
            return new FiguresView(
                    figures.asked(),
                    figures.passed(),
                    figures.identified(),
                    figures.absent(),
                    figures.vetoed(),
                    figures.failed(),
                    figures.notAsked(),
                    micros(times.mean()),
                    micros(times.p50()),
                    micros(times.p99()),
                    micros(times.max()),
                    figures.lastFailure()
                            .map(last -> new FailureView(written(last.at()), written(last.kind()), last.summary())));
        }
    }

    /** The last time that a check gave no usable answer. */
    record FailureView(String at, String kind, String summary) {}

    /** What a check in shadow mode would have done. */
    record ShadowView(
            long examined,
            long notExamined,
            long agreed,
            long wouldHaveVetoed,
            long wouldHaveLetIn,
            long failed,
            Map<String, Long> vetoes,
            List<ExampleView> examples,
            List<OriginView> origins,
            long otherOrigins,
            Optional<String> originsLine) {

        static ShadowView of(ShadowFigures shadow, Map<String, Object> settings) {
            return new ShadowView(
                    shadow.examined(),
                    shadow.notExamined(),
                    shadow.agreed(),
                    shadow.wouldHaveVetoed(),
                    shadow.wouldHaveLetIn(),
                    shadow.failed(),
                    shadow.vetoes(),
                    shadow.examples().stream().map(ExampleView::of).toList(),
                    shadow.origins().stream().map(OriginView::of).toList(),
                    shadow.otherOrigins(),
                    settings.get("allowed-origins") instanceof List<?> allowed
                            ? lineFor(shadow, allowed)
                            : Optional.empty());
        }

        private static Optional<String> lineFor(ShadowFigures shadow, List<?> allowed) {
            return OriginLine.allowing(
                    allowed.stream().map(Object::toString).toList(),
                    shadow.origins().stream().map(ShadowFigures.Origin::text).toList());
        }
    }

    /** An origin of admitted clients that a check in shadow mode does not allow. */
    record OriginView(String origin, long times, String lastAt) {

        static OriginView of(ShadowFigures.Origin origin) {
            return new OriginView(origin.text(), origin.times(), written(origin.lastAt()));
        }
    }

    /** An admitted client that a check in shadow mode would have refused. */
    record ExampleView(
            String at,
            String connectionId,
            String peer,
            String client,
            Optional<String> deviceId,
            String code,
            String message) {

        static ExampleView of(ShadowFigures.Example example) {
            return new ExampleView(
                    written(example.at()),
                    example.connectionId(),
                    example.peer(),
                    example.client(),
                    example.deviceId(),
                    example.code(),
                    example.message());
        }
    }

    static CheckView of(CheckReport report, LocalDate today) {
        Optional<ChainEntry> line = report.line();
        return new CheckView(
                report.check(),
                line.isPresent(),
                line.map(ChainEntry::mode).map(CheckView::written),
                line.flatMap(ChainEntry::until).map(LocalDate::toString),
                line.filter(own -> own.until().isPresent()).map(own -> own.isOverdue(today)),
                PluginView.of(report.plugin()),
                report.settings(),
                report.figures().map(CheckFigures::breaker).map(CheckView::state),
                report.figures().map(FiguresView::of),
                report.figures().flatMap(CheckFigures::shadow).map(shadow -> ShadowView.of(shadow, report.settings())));
    }

    /** Whether the check is asked, in words that need no knowledge of circuit breakers. */
    private static String state(CheckFigures.Breaker breaker) {
        return switch (breaker) {
            case CLOSED -> "asked";
            case OPEN -> "not-asked-after-failures";
            case TRYING -> "tried-after-failures";
        };
    }

    /** An instant to the millisecond, as everywhere in the API. */
    static String written(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
