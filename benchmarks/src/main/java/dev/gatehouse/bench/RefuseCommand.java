package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;

/** Measures refusals of a wrong shared token. */
final class RefuseCommand implements Command {

    @Override
    public String name() {
        return "refuse";
    }

    @Override
    public String about() {
        return "measures refusals of a wrong shared token";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options = EnumSet.of(Option.CONNECTIONS);
        options.addAll(Gateway.OPTIONS);
        options.addAll(Runs.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        Runs runs = new Runs(Gateway.of(line), line);
        new Output(out).print(runs.refuse(line.positive(Option.CONNECTIONS)));
    }
}
