package dev.gatehouse.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Hop;
import dev.gatehouse.spi.UpgradeContext.Locality;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.spi.VetoReason;

/**
 * A connection to examine. Starts as an ordinary client on this machine, without credentials and without a device; each
 * step answers a new fixture that differs in one fact. Immutable.
 *
 * <pre>{@code
 * ConnectContext context = ConnectFixture.controlUi().from("203.0.113.9").withToken("wrong").connect();
 * }</pre>
 *
 * @since 0.1
 */
public final class ConnectFixture {

    /** The device of the wire reference's signature test vector (its appendix B). */
    public static final DeviceProof.Verified DEVICE = new DeviceProof.Verified(
            "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c",
            "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg");

    private static final String GATEWAY_PORT = ":18789";
    private static final Pattern ADDRESS_LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final InetAddress LOOPBACK = address("127.0.0.1");
    private static final int SHOWN_MAX = 60;

    private InetAddress peer = LOOPBACK;
    private InetAddress address = LOOPBACK;
    private Locality locality = new Locality(true, "the peer is loopback and sent no proxy headers");
    private Transport transport = Transport.LOOPBACK;
    private String path = "/";
    private Map<String, List<String>> headers = Map.of("host", List.of("localhost" + GATEWAY_PORT));
    private List<String> subprotocols = List.of();
    private List<X509Certificate> certificates = List.of();
    private Client client;
    private Role role = Role.OPERATOR;
    private Scopes requestedScopes = Scopes.of("operator.read");
    private Credentials credentials = Credentials.none();
    private DeviceProof deviceProof = new DeviceProof.Absent();
    private Optional<Identity> identity = Optional.empty();

    private ConnectFixture(String clientId, String clientMode) {
        client = new Client(clientId, clientMode, "2026.9.6", "linux", Optional.empty(), Optional.empty(), List.of());
    }

    private ConnectFixture(ConnectFixture other) {
        peer = other.peer;
        address = other.address;
        locality = other.locality;
        transport = other.transport;
        path = other.path;
        headers = other.headers;
        subprotocols = other.subprotocols;
        certificates = other.certificates;
        client = other.client;
        role = other.role;
        requestedScopes = other.requestedScopes;
        credentials = other.credentials;
        deviceProof = other.deviceProof;
        identity = other.identity;
    }

    /**
     * The command line on this machine.
     *
     * @return an operator of id and mode {@code cli}
     */
    public static ConnectFixture cli() {
        return client("cli", "cli");
    }

    /**
     * The Control UI in a browser on this machine, opened at {@code http://localhost:18789/}.
     *
     * @return an operator with an origin
     */
    public static ConnectFixture controlUi() {
        return client("openclaw-control-ui", "webchat").withOrigin("http://localhost" + GATEWAY_PORT);
    }

    /**
     * The terminal UI on this machine.
     *
     * @return an operator without an origin
     */
    public static ConnectFixture tui() {
        return client("openclaw-tui", "ui");
    }

    /**
     * A program on this machine that embeds the reference client.
     *
     * @return an operator of mode {@code backend}
     */
    public static ConnectFixture backend() {
        return client("gateway-client", "backend");
    }

    /**
     * A node host on this machine.
     *
     * @return a client of role {@code node} that asks for no scopes
     */
    public static ConnectFixture node() {
        return client("node-host", "node").withRole(Role.NODE).withScopes();
    }

    /**
     * Any client on this machine.
     *
     * @param id the client's kind
     * @param mode how it runs
     * @return an operator without an origin
     */
    public static ConnectFixture client(String id, String mode) {
        return new ConnectFixture(id, mode);
    }

    /**
     * From another machine.
     *
     * @param address the peer's address, as a literal
     * @return the next fixture
     */
    public ConnectFixture from(String address) {
        return withLocality(false, "the peer " + address + " is another machine")
                .with(it -> {
                    it.peer = address(address);
                    it.address = it.peer;
                });
    }

    /**
     * Through a trusted proxy, which names the client.
     *
     * @param proxy the proxy's address, as a literal
     * @param client the client's address, as a literal
     * @return the next fixture
     */
    public ConnectFixture through(String proxy, String client) {
        return from(client)
                .with(it -> it.peer = address(proxy))
                .withLocality(false, "client address " + client + " is named by trusted proxy " + proxy);
    }

    /**
     * Over another transport than plain HTTP.
     *
     * @param used how the request was protected
     * @return the next fixture
     */
    public ConnectFixture over(Transport used) {
        return with(it -> it.transport = used);
    }

    /**
     * With a {@code Host} header.
     *
     * @param host the header's value
     * @return the next fixture
     */
    public ConnectFixture withHost(String host) {
        return withHeader("host", host);
    }

    /**
     * With an {@code Origin} header.
     *
     * @param origin the header's value
     * @return the next fixture
     */
    public ConnectFixture withOrigin(String origin) {
        return withHeader("origin", origin);
    }

    /**
     * With a header, in place of one of that name.
     *
     * @param name the header's name in lower case
     * @param values its values; none to leave the header out
     * @return the next fixture
     */
    public ConnectFixture withHeader(String name, String... values) {
        return with(it -> {
            Map<String, List<String>> changed = new LinkedHashMap<>(it.headers);
            if (values.length == 0) {
                changed.remove(name);
            } else {
                changed.put(name, List.of(values));
            }
            it.headers = Map.copyOf(changed);
        });
    }

    /**
     * To another path than {@code /}.
     *
     * @param requested the path of the request, without the query
     * @return the next fixture
     */
    public ConnectFixture withPath(String requested) {
        return with(it -> it.path = requested);
    }

    /**
     * With subprotocols.
     *
     * @param offered what the client offers
     * @return the next fixture
     */
    public ConnectFixture withSubprotocols(String... offered) {
        return with(it -> it.subprotocols = List.of(offered));
    }

    /**
     * With a client certificate, over {@link Transport#TLS}.
     *
     * @param chain the client's own certificate first
     * @return the next fixture
     */
    public ConnectFixture withCertificates(X509Certificate... chain) {
        return over(Transport.TLS).with(it -> it.certificates = List.of(chain));
    }

    /**
     * From another machine or from this one, on evidence of its own, such as a proxy's; plain HTTP from this machine
     * never left it.
     *
     * @param isLocal whether the client is on this machine
     * @param evidence what led to that, for people
     * @return the next fixture
     */
    public ConnectFixture withLocality(boolean isLocal, String evidence) {
        return with(it -> {
            it.locality = new Locality(isLocal, evidence);
            if (!it.transport.isEncrypted()) {
                it.transport = isLocal ? Transport.LOOPBACK : Transport.PLAIN;
            }
        });
    }

    /**
     * With everything that the client says about itself.
     *
     * @param declared what it says
     * @return the next fixture
     */
    public ConnectFixture withClient(Client declared) {
        return with(it -> it.client = declared);
    }

    /**
     * With a platform and a family of device.
     *
     * @param platform the platform, as sent
     * @param deviceFamily the family, as sent
     * @return the next fixture
     */
    public ConnectFixture withMetadata(String platform, Optional<String> deviceFamily) {
        return with(it -> it.client = new Client(
                it.client.id(),
                it.client.mode(),
                it.client.version(),
                platform,
                deviceFamily,
                it.client.displayName(),
                it.client.capabilities()));
    }

    /**
     * In another role.
     *
     * @param wanted the role asked for
     * @return the next fixture
     */
    public ConnectFixture withRole(Role wanted) {
        return with(it -> it.role = wanted);
    }

    /**
     * With other scopes.
     *
     * @param scopes the scopes asked for; none to ask for nothing
     * @return the next fixture
     */
    public ConnectFixture withScopes(String... scopes) {
        return with(it -> it.requestedScopes = Scopes.of(scopes));
    }

    /**
     * With a shared token.
     *
     * @param token what the client sends in {@code auth.token}
     * @return the next fixture
     */
    public ConnectFixture withToken(String token) {
        return with(it -> it.credentials = new Credentials(
                Optional.of(Secret.of(token)),
                it.credentials.password(),
                it.credentials.deviceToken(),
                it.credentials.bootstrapToken()));
    }

    /**
     * With a shared password.
     *
     * @param password what the client sends in {@code auth.password}
     * @return the next fixture
     */
    public ConnectFixture withPassword(String password) {
        return with(it -> it.credentials = new Credentials(
                it.credentials.token(),
                Optional.of(Secret.of(password)),
                it.credentials.deviceToken(),
                it.credentials.bootstrapToken()));
    }

    /**
     * With a device token.
     *
     * @param deviceToken what the client sends in {@code auth.deviceToken}
     * @return the next fixture
     */
    public ConnectFixture withDeviceToken(String deviceToken) {
        return with(it -> it.credentials = new Credentials(
                it.credentials.token(),
                it.credentials.password(),
                Optional.of(Secret.of(deviceToken)),
                it.credentials.bootstrapToken()));
    }

    /**
     * With the token of a setup code.
     *
     * @param bootstrapToken what the client sends in {@code auth.bootstrapToken}
     * @return the next fixture
     */
    public ConnectFixture withBootstrapToken(String bootstrapToken) {
        return with(it -> it.credentials = new Credentials(
                it.credentials.token(),
                it.credentials.password(),
                it.credentials.deviceToken(),
                Optional.of(Secret.of(bootstrapToken))));
    }

    /**
     * With the proof of {@link #DEVICE}.
     *
     * @return the next fixture
     */
    public ConnectFixture withDevice() {
        return withDeviceProof(DEVICE);
    }

    /**
     * With a proof that does not hold.
     *
     * @param reason which rule it breaks
     * @return the next fixture
     */
    public ConnectFixture withFaultyDevice(VetoReason reason) {
        return withDeviceProof(new DeviceProof.Faulty(reason));
    }

    /**
     * With another outcome of the device's proof.
     *
     * @param proof what became of the device's signature
     * @return the next fixture
     */
    public ConnectFixture withDeviceProof(DeviceProof proof) {
        return with(it -> it.deviceProof = proof);
    }

    /**
     * After a check that identified the client.
     *
     * @param proven who it is
     * @return the next fixture
     */
    public ConnectFixture identifiedAs(Identity proven) {
        return with(it -> it.identity = Optional.of(proven));
    }

    /**
     * What a check sees at upgrade.
     *
     * @return the facts of the upgrade
     */
    public UpgradeContext upgrade() {
        return new UpgradeContext(
                "3f0c6a52-7f5e-4b43-9f0e-0d4a2b1c9e77",
                peer,
                address,
                hops(),
                locality,
                transport,
                header("host"),
                header("origin"),
                path,
                headers,
                subprotocols,
                certificates);
    }

    private List<Hop> hops() {
        Hop last = new Hop(peer.getHostAddress(), "tcp", true, "the peer");
        return address.equals(peer)
                ? List.of(last)
                : List.of(new Hop(address.getHostAddress(), "x-forwarded-for", true, "the client"), last);
    }

    /**
     * What a check sees at connect.
     *
     * @return the facts of the upgrade and of the connect frame
     */
    public ConnectContext connect() {
        return new ConnectContext(upgrade(), client, role, requestedScopes, credentials, deviceProof, identity);
    }

    /** What sets the connection apart, for the message of a failed assertion; without credentials. */
    @Override
    public String toString() {
        return "client " + brief(client.id()) + " in mode " + brief(client.mode()) + " as " + role.wireName() + " from "
                + address.getHostAddress() + " over " + transport + ", host "
                + brief(header("host").orElse("none")) + ", origin "
                + brief(header("origin").orElse("none")) + ", platform " + brief(client.platform()) + ", device proof "
                + deviceProof.getClass().getSimpleName() + ", headers " + brief(headers.keySet());
    }

    private static String brief(Object value) {
        String text = value.toString();
        return "'" + Texts.printable(text.substring(0, Math.min(text.length(), SHOWN_MAX))) + "'";
    }

    private Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    private ConnectFixture with(Consumer<ConnectFixture> step) {
        ConnectFixture next = new ConnectFixture(this);
        step.accept(next);
        return next;
    }

    private static InetAddress address(String literal) {
        if (!ADDRESS_LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("not an address literal: '" + literal + "'");
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address literal: '" + literal + "'", e);
        }
    }
}
