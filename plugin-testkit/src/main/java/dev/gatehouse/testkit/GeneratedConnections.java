package dev.gatehouse.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/**
 * Connections of every kind and combination, many of them odd or hostile, for tests of what must hold for all: a check
 * never throws, and a pure one gives the same verdict whatever ran before it. The same seed gives the same connections.
 *
 * @since 0.1
 */
public final class GeneratedConnections {

    private static final VetoReason FAULT =
            VetoReason.of("DEVICE_AUTH_SIGNATURE_INVALID", Effect.IDENTIFY, "device signature invalid");
    private static final String LONG = "x".repeat(70_000);

    private static final List<String> CLIENT_IDS = List.of(
            "cli",
            "openclaw-control-ui",
            "openclaw-browser-copilot",
            "openclaw-tui",
            "webchat-ui",
            "gateway-client",
            "openclaw-macos",
            "node-host",
            "");
    private static final List<String> MODES = List.of("cli", "webchat", "ui", "backend", "node", "probe", "");
    private static final List<String> HOSTS = List.of(
            "localhost:18789",
            "gateway.example",
            "192.168.1.7:18789",
            "[fd00::7]:18789",
            "[fe80::1%eth0]",
            "-oProxyCommand=x",
            "$(id)",
            ":99999",
            "[",
            "\u0000",
            "",
            LONG);
    private static final List<String> ORIGINS = List.of(
            "http://localhost:18789",
            "https://gateway.example",
            "http://192.168.1.7:18789",
            "http://[fd00::7]:18789",
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            "null",
            "https://user@gateway.example",
            "https://b\u00fccher.example",
            "https://x:0",
            "http://[",
            "://",
            "",
            LONG);
    private static final List<String> PLATFORMS = List.of("linux", " Linux ", "darwin", "ios 18.1", "\t", "", LONG);
    private static final List<String> SECRETS = List.of("right", "wrong", " ", "null", "\uD800", "p\u00e4ssword", LONG);

    private final Random random;

    /**
     * Connections of one sequence.
     *
     * @param seed names the sequence
     */
    public GeneratedConnections(long seed) {
        random = new Random(seed);
    }

    /**
     * The next connections of the sequence.
     *
     * @param count how many
     * @return them; none has an identity yet
     */
    public Stream<ConnectFixture> take(int count) {
        return Stream.generate(this::next).limit(count);
    }

    private ConnectFixture next() {
        ConnectFixture fixture = ConnectFixture.client(any(CLIENT_IDS), any(MODES))
                .over(any(List.of(Transport.values())))
                .withRole(any(List.of(Role.values())))
                .withMetadata(any(PLATFORMS), sometimes() ? Optional.of(any(PLATFORMS)) : Optional.empty())
                .withDeviceProof(
                        any(List.of(new DeviceProof.Absent(), ConnectFixture.DEVICE, new DeviceProof.Faulty(FAULT))));
        fixture = sometimes() ? fixture.from(any(List.of("203.0.113.9", "10.0.0.3", "2001:db8::7"))) : fixture;
        fixture = sometimes() ? fixture.withHost(any(HOSTS)) : fixture.withHeader("host");
        fixture = sometimes() ? fixture.withOrigin(any(ORIGINS)) : fixture;
        fixture = sometimes() ? fixture.withScopes("operator.admin", "odd scope", "node.x") : fixture;
        return withCredentials(fixture);
    }

    private ConnectFixture withCredentials(ConnectFixture bare) {
        ConnectFixture fixture = sometimes() ? bare.withToken(any(SECRETS)) : bare;
        fixture = sometimes() ? fixture.withPassword(any(SECRETS)) : fixture;
        fixture = sometimes() ? fixture.withDeviceToken(any(SECRETS)) : fixture;
        return sometimes() ? fixture.withBootstrapToken(any(SECRETS)) : fixture;
    }

    private boolean sometimes() {
        return random.nextBoolean();
    }

    private <T> T any(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
