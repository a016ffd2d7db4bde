package dev.gatehouse.bench;

import java.util.List;

import dev.gatehouse.bench.load.Latency;
import dev.gatehouse.bench.load.Measurement;

/** Writes the figures of a suite in the form in which a note quotes them. */
final class MarkdownTables {

    private final Output output;

    MarkdownTables(Output output) {
        this.output = output;
    }

    void rates(List<Measurement> measurements) {
        output.line("| run | connections | per second | p50 ms | p99 ms | max ms | cores in use | errors |");
        output.line("|---|---|---|---|---|---|---|---|");
        for (Measurement measurement : measurements) {
            Latency total = measurement.total();
            output.line(
                    "| %s | %d | %.1f | %.2f | %.2f | %.2f | %s | %s |",
                    measurement.name(),
                    measurement.connections(),
                    measurement.perSecond(),
                    total.p50(),
                    total.p99(),
                    total.max(),
                    Output.cores(measurement.cores()),
                    Output.errors(measurement.errors()));
        }
        output.line("");
    }

    void memory(List<IdleFigures> runs) {
        output.line("| idle sessions | opened | opened per second | heap MiB | heap bytes per session | resident MiB |"
                + " resident bytes per session | errors |");
        output.line("|---|---|---|---|---|---|---|---|");
        for (IdleFigures figures : runs) {
            output.line(
                    "| %d | %d | %.0f | %.1f to %.1f | %d | %.1f to %.1f | %d | %s |",
                    figures.wanted(),
                    figures.opened(),
                    figures.perSecond(),
                    Output.mebibytes(figures.before().heap()),
                    Output.mebibytes(figures.after().heap()),
                    figures.heapPerSession(),
                    Output.mebibytes(figures.before().resident()),
                    Output.mebibytes(figures.after().resident()),
                    figures.residentPerSession(),
                    Output.errors(figures.errors()));
        }
    }
}
