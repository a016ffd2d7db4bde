package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.Credential;
import dev.gatehouse.bench.load.Measurement;

/** Makes every run that a release note quotes, and ends with one Markdown table for rates and one for memory. */
final class SuiteCommand implements Command {

    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final int[] SESSIONS = {1000, 5000};

    @Override
    public String name() {
        return "suite";
    }

    @Override
    public String about() {
        return "pairs what is missing, makes all runs, ends with Markdown tables";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options = EnumSet.copyOf(PairCommand.OPTIONS);
        options.addAll(Gateway.OPTIONS);
        options.addAll(Runs.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        line.text(Option.PID); // the memory runs need it: better now than after the others
        Gateway gateway = Gateway.of(line);
        Credential sharedToken = Credential.sharedToken(line.secret(Option.TOKEN_FILE));
        PairedDevices devices = PairedDevices.load(line.path(Option.DEVICES_FILE), line.number(Option.SEED));
        int count = line.positive(Option.DEVICES);
        PairCommand.pairUpTo(count, devices, gateway, line);
        Output output = new Output(out);
        List<Measurement> rates = measureRates(new Runs(gateway, line), devices.callers(count), output);
        List<IdleFigures> memory = measureMemory(gateway, sharedToken, output);
        MarkdownTables tables = new MarkdownTables(output);
        tables.rates(rates);
        tables.memory(memory);
    }

    private static List<Measurement> measureRates(Runs runs, List<Caller> devices, Output output)
            throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (int connections : CONNECTIONS) {
            measurements.add(runs.admit(connections, devices));
        }
        for (int connections : CONNECTIONS) {
            measurements.add(runs.refuse(connections));
        }
        measurements.forEach(output::print);
        return measurements;
    }

    private static List<IdleFigures> measureMemory(Gateway gateway, Credential sharedToken, Output output)
            throws IOException, InterruptedException {
        List<IdleFigures> figures = new ArrayList<>();
        for (int sessions : SESSIONS) {
            figures.add(Runs.idle(gateway, sessions, sharedToken));
        }
        figures.forEach(output::print);
        return figures;
    }
}
