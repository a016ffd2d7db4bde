package dev.gatehouse.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.Endpoint;
import dev.gatehouse.bench.client.GatewayClient;
import dev.gatehouse.bench.client.Session;
import dev.gatehouse.bench.load.GatewayProcess;
import dev.gatehouse.bench.load.SourceAddresses;

/** The gateway under test, as the command line describes it. */
final class Gateway {

    static final Set<Option> OPTIONS = EnumSet.of(Option.URL, Option.PID, Option.SOURCES, Option.TIMEOUT);

    private final Endpoint endpoint;
    private final GatewayClient client;
    private final SourceAddresses sources;
    private final GatewayProcess process;

    private Gateway(Endpoint endpoint, GatewayClient client, SourceAddresses sources, GatewayProcess process) {
        this.endpoint = endpoint;
        this.client = client;
        this.sources = sources;
        this.process = process;
    }

    static Gateway of(CommandLine line) {
        try {
            Endpoint endpoint = Endpoint.parse(line.text(Option.URL));
            return new Gateway(
                    endpoint,
                    new GatewayClient(endpoint, Duration.ofSeconds(line.positive(Option.TIMEOUT))),
                    endpoint.isLoopback()
                            ? SourceAddresses.loopback(line.number(Option.SOURCES))
                            : SourceAddresses.any(),
                    line.has(Option.PID) ? GatewayProcess.of(line.number(Option.PID)) : GatewayProcess.unknown());
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /** One handshake, from the next source address. */
    Session connect(Caller caller) throws IOException {
        return client.connect(sources.next(), caller);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    GatewayProcess process() {
        return process;
    }
}
