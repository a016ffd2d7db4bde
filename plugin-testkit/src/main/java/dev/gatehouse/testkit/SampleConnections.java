package dev.gatehouse.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/** The connections that the contract asks every check about. */
final class SampleConnections {

    /** Addresses that are set aside for documentation, so that no network is theirs. */
    private static final String REMOTE = "203.0.113.9";

    private static final String REMOTE_IPV6 = "2001:db8::7";
    private static final VetoReason FAULT =
            VetoReason.of("DEVICE_AUTH_SIGNATURE_INVALID", Effect.IDENTIFY, "device signature invalid");
    private static final String FACE = "\uD83D\uDE00";
    private static final int GENERATED = 150;
    private static final int HEADERS = 64;

    /** Two of them differ by one character, so that a cut at whatever index splits a pair of surrogates in one. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\r\nX-Forged: b",
            "\u001B[31mred",
            "one\u2028two",
            "\u202Egnp.exe",
            "b\u00fccher.example",
            FACE.repeat(300),
            "x" + FACE.repeat(300),
            "\uD800",
            "x".repeat(20_000),
            "-oProxyCommand=x",
            "$(id);`id`",
            "'\"><script>{0}%s${jndi:x}",
            "[::1%25eth0]:99999",
            "2147483648");

    private static final List<BiFunction<ConnectFixture, String, ConnectFixture>> FIELDS = List.of(
            ConnectFixture::withHost,
            ConnectFixture::withOrigin,
            ConnectFixture::withPath,
            (base, text) -> base.withSubprotocols(text),
            (base, text) -> base.withHeader("authorization", text),
            (base, text) -> base.withHeader("authorization", "Bearer " + text, "Basic " + text),
            (base, text) -> base.withHeader("cookie", text),
            (base, text) -> base.withHeader("user-agent", text),
            (base, text) -> base.withHeader("x-forwarded-for", text),
            (base, text) -> base.withScopes(text),
            ConnectFixture::withToken,
            ConnectFixture::withPassword,
            ConnectFixture::withDeviceToken,
            ConnectFixture::withBootstrapToken,
            (base, text) -> base.withMetadata(text, Optional.of(text)),
            (base, text) ->
                    base.withClient(new Client(text, text, text, text, Optional.empty(), Optional.empty(), List.of())),
            (base, text) -> {
                Client client = base.connect().client();
                return base.withClient(new Client(
                        client.id(),
                        client.mode(),
                        text,
                        client.platform(),
                        client.deviceFamily(),
                        Optional.of(text),
                        List.of(text)));
            });

    private SampleConnections() {}

    /** Clients of every kind, from here and from elsewhere, with and without each credential. */
    static List<ConnectFixture> ordinary() {
        ConnectFixture cli = ConnectFixture.cli();
        ConnectFixture remote = cli.from(REMOTE);
        ConnectFixture page = ConnectFixture.controlUi().from(REMOTE).withHost("gateway.example");
        return List.of(
                cli,
                remote,
                cli.from(REMOTE_IPV6).over(Transport.TLS),
                remote.withHeader("host"),
                ConnectFixture.controlUi(),
                page.withOrigin("https://gateway.example"),
                page.withOrigin("https://evil.example").over(Transport.TLS_AT_PROXY),
                page.withHeader("origin"),
                ConnectFixture.tui().from(REMOTE).withDevice(),
                ConnectFixture.backend(),
                ConnectFixture.node().from(REMOTE).withDevice(),
                remote.withDevice(),
                remote.withFaultyDevice(FAULT),
                remote.withToken("some token"),
                remote.withPassword("some password"),
                remote.withDevice().withDeviceToken("some device token"),
                remote.withDevice().withBootstrapToken("some bootstrap token"),
                remote.withScopes("operator.admin"));
    }

    /** Everything that a hostile client can send: each field with each odd text, and many generated ones. */
    static List<ConnectFixture> hostile(List<ConnectFixture> own) {
        List<ConnectFixture> bases = new ArrayList<>(List.of(
                ConnectFixture.cli().from(REMOTE_IPV6),
                ConnectFixture.controlUi().from(REMOTE).withDevice()));
        bases.addAll(own);
        List<ConnectFixture> hostile = new ArrayList<>();
        for (ConnectFixture base : bases) {
            FIELDS.forEach(field -> TEXTS.forEach(text -> hostile.add(field.apply(base, text))));
            hostile.add(withManyHeaders(base));
        }
        new GeneratedConnections(1).take(GENERATED).forEach(hostile::add);
        return List.copyOf(hostile);
    }

    /** Clients from elsewhere that show nothing by which anybody could know them. */
    static List<ConnectFixture> anonymous() {
        List<ConnectFixture> anonymous = new ArrayList<>();
        for (String peer : List.of(REMOTE, REMOTE_IPV6, "192.0.2.1", "198.51.100.255")) {
            ConnectFixture remote = ConnectFixture.cli().from(peer);
            anonymous.add(remote);
            anonymous.add(remote.withHeader("host"));
            anonymous.add(remote.over(Transport.TLS));
            anonymous.add(remote.withFaultyDevice(FAULT));
            anonymous.add(
                    remote.withToken("").withPassword("").withDeviceToken("").withBootstrapToken(""));
            anonymous.add(remote.withToken(" ").withPassword(" ").withDeviceToken(" "));
            anonymous.add(remote.withHeader("authorization", "").withHeader("cookie", ""));
            anonymous.add(ConnectFixture.controlUi().from(peer));
            anonymous.add(ConnectFixture.node().from(peer));
        }
        return List.copyOf(anonymous);
    }

    private static ConnectFixture withManyHeaders(ConnectFixture base) {
        ConnectFixture crowded = base;
        for (int i = 0; i < HEADERS; i++) {
            crowded = crowded.withHeader("x-" + i, "a", "b");
        }
        return crowded;
    }
}
