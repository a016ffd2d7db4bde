package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;

/** Measures admissions of paired devices. */
final class AdmitCommand implements Command {

    @Override
    public String name() {
        return "admit";
    }

    @Override
    public String about() {
        return "measures admissions of paired devices with their device tokens";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options = EnumSet.of(Option.CONNECTIONS, Option.DEVICES, Option.DEVICES_FILE, Option.SEED);
        options.addAll(Gateway.OPTIONS);
        options.addAll(Runs.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        PairedDevices devices = PairedDevices.load(line.path(Option.DEVICES_FILE), line.number(Option.SEED));
        Runs runs = new Runs(Gateway.of(line), line);
        new Output(out)
                .print(runs.admit(line.positive(Option.CONNECTIONS), devices.callers(line.positive(Option.DEVICES))));
    }
}
