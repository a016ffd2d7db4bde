package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.gatehouse.bench.client.Caller;

/** Measures admissions of paired devices. */
final class AdmitCommand implements Command {

    /** So many of the seeded devices knock; to make the keys of all would take longer than the run. */
    private static final int SAMPLE = 5_000;

    @Override
    public String name() {
        return "admit";
    }

    @Override
    public String about() {
        return "measures admissions of paired or seeded devices with their device tokens";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options =
                EnumSet.of(Option.CONNECTIONS, Option.DEVICES, Option.DEVICES_FILE, Option.SEED, Option.SEEDED);
        options.addAll(Gateway.OPTIONS);
        options.addAll(Runs.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        List<Caller> callers = line.has(Option.SEEDED) ? seeded(line) : paired(line);
        new Output(out).print(new Runs(Gateway.of(line), line).admit(line.positive(Option.CONNECTIONS), callers));
    }

    private static List<Caller> paired(CommandLine line) throws IOException {
        return PairedDevices.load(line.path(Option.DEVICES_FILE), line.number(Option.SEED))
                .callers(line.positive(Option.DEVICES));
    }

    private static List<Caller> seeded(CommandLine line) {
        int seeded = line.positive(Option.SEEDED);
        return SeededDevice.sample(line.number(Option.SEED), seeded, Math.min(seeded, SAMPLE));
    }
}
