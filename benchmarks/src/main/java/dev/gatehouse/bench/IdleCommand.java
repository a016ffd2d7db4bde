package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;

import dev.gatehouse.bench.client.Credential;

/** Measures the memory of idle sessions. */
final class IdleCommand implements Command {

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "opens idle sessions and measures what they cost the gateway in memory";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options = EnumSet.of(Option.TOKEN_FILE, Option.SESSIONS);
        options.addAll(Gateway.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        line.text(Option.PID); // without the process there is nothing to measure
        Credential sharedToken = Credential.sharedToken(line.secret(Option.TOKEN_FILE));
        new Output(out).print(Runs.idle(Gateway.of(line), line.positive(Option.SESSIONS), sharedToken));
    }
}
