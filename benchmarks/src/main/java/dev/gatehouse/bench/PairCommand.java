package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;

import dev.gatehouse.bench.client.Credential;

/** Pairs devices and keeps their tokens for later runs. */
final class PairCommand implements Command {

    static final Set<Option> OPTIONS =
            EnumSet.of(Option.TOKEN_FILE, Option.API_KEY_FILE, Option.DEVICES, Option.DEVICES_FILE, Option.SEED);

    @Override
    public String name() {
        return "pair";
    }

    @Override
    public String about() {
        return "brings devices through pairing and keeps their tokens";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options = EnumSet.copyOf(OPTIONS);
        options.addAll(Gateway.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        int count = line.positive(Option.DEVICES);
        PairedDevices devices = PairedDevices.load(line.path(Option.DEVICES_FILE), line.number(Option.SEED));
        int added = pairUpTo(count, devices, Gateway.of(line), line);
        out.println(added + " devices paired, " + (count - added) + " were paired before");
    }

    static int pairUpTo(int count, PairedDevices devices, Gateway gateway, CommandLine line)
            throws IOException, InterruptedException {
        ManagementApi api = new ManagementApi(gateway.endpoint(), line.secret(Option.API_KEY_FILE));
        Credential sharedToken = Credential.sharedToken(line.secret(Option.TOKEN_FILE));
        return new Pairing(gateway, api, sharedToken, devices).pairUpTo(count);
    }
}
