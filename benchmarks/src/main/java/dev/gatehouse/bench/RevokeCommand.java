package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.gatehouse.bench.client.Caller;

/** Measures how fast revoked devices are cut off; the devices are removed afterwards. */
final class RevokeCommand implements Command {

    @Override
    public String name() {
        return "revoke";
    }

    @Override
    public String about() {
        return "measures how long after a revocation the client's session is closed";
    }

    @Override
    public Set<Option> options() {
        Set<Option> options = EnumSet.copyOf(PairCommand.OPTIONS);
        options.addAll(Gateway.OPTIONS);
        return options;
    }

    @Override
    public void run(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        int count = line.positive(Option.DEVICES);
        Gateway gateway = Gateway.of(line);
        PairedDevices devices = PairedDevices.load(line.path(Option.DEVICES_FILE), line.number(Option.SEED));
        PairCommand.pairUpTo(count, devices, gateway, line);
        ManagementApi api = new ManagementApi(gateway.endpoint(), line.secret(Option.API_KEY_FILE));
        List<Caller.WithDevice> revoked = devices.devices(count);
        new Output(out).print(new Revocations(gateway, api).run(revoked));
        for (Caller.WithDevice device : revoked) {
            api.remove(device.key().id());
        }
        devices.clear();
    }
}
