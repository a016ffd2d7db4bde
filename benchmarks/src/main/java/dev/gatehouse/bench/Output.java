package dev.gatehouse.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.bench.load.Latency;
import dev.gatehouse.bench.load.Measurement;

/** Writes figures for people, and once more as one line of JSON for programs. */
final class Output {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    Output(PrintStream out) {
        this.out = out;
    }

    void print(Measurement measurement) {
        line(
                "%s: %d connections, %.0f s: %d, %.1f/s",
                measurement.name(),
                measurement.connections(),
                measurement.seconds(),
                measurement.count(),
                measurement.perSecond());
        line("%-10s %10s %10s %10s", "phase", "p50 ms", "p99 ms", "max ms");
        measurement.latencies().forEach(this::latency);
        line("cores in use: %s", cores(measurement.cores()));
        line("errors: %s", errors(measurement.errors()));
        json(measurement);
    }

    void print(IdleFigures figures) {
        line("idle: %d of %d sessions opened at %.0f/s", figures.opened(), figures.wanted(), figures.perSecond());
        line("%-10s %12s %12s %16s", "", "before MiB", "after MiB", "bytes/session");
        memory("heap", figures.before().heap(), figures.after().heap(), figures.heapPerSession());
        memory("resident", figures.before().resident(), figures.after().resident(), figures.residentPerSession());
        line("errors: %s", errors(figures.errors()));
        json(figures);
    }

    void print(RevokeFigures figures) {
        line("revoke: %d of %d sessions were cut", figures.cut(), figures.sessions());
        line("%-10s %10s %10s %10s", "", "p50 ms", "p99 ms", "max ms");
        latency("answer", figures.toAnswer());
        latency("close", figures.toClose());
        line("errors: %s", errors(figures.errors()));
        json(figures);
    }

    private void latency(String what, Latency latency) {
        line("%-10s %10.2f %10.2f %10.2f", what, latency.p50(), latency.p99(), latency.max());
    }

    private void memory(String what, long before, long after, long perSession) {
        line("%-10s %12.1f %12.1f %16d", what, mebibytes(before), mebibytes(after), perSession);
    }

    static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }

    static String cores(Map<String, Double> cores) {
        StringBuilder text = new StringBuilder();
        cores.forEach((user, used) ->
                text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.2f", user, used)));
        return text.toString();
    }

    static String errors(Map<String, Long> errors) {
        StringBuilder text = new StringBuilder();
        errors.forEach((kind, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(" x ")
                .append(kind));
        return text.isEmpty() ? "none" : text.toString();
    }

    void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private void json(Object figures) {
        try {
            out.println(JSON.writeValueAsString(figures));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures that cannot be written as JSON", e);
        }
    }
}
