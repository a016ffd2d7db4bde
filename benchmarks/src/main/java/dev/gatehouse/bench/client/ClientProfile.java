package dev.gatehouse.bench.client;

import java.util.List;

/** What a client says about itself in its connect frame. */
public record ClientProfile(String id, String mode, String platform, String deviceFamily, List<String> scopes) {

    /** An operator's back-end service: with a device it is paired like anybody else. */
    public static final ClientProfile BACKEND =
            new ClientProfile("gateway-client", "backend", "linux", "server", List.of("operator.read"));

    /** The command line: without a device it is admitted by the shared token alone, when it is local. */
    public static final ClientProfile CLI =
            new ClientProfile("cli", "cli", "linux", "server", List.of("operator.read"));

    /** Every client of the benchmarks is an operator. */
    static final String ROLE = "operator";

    public ClientProfile {
        scopes = List.copyOf(scopes);
    }
}
