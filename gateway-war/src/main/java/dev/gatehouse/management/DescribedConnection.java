package dev.gatehouse.management;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Locality;
import dev.gatehouse.spi.UpgradeContext.Transport;

/**
 * A connection as an operator describes it. What is left out is as for the command line on this machine.
 *
 * @param peer the address at the other end of the TCP connection
 * @param local whether it counts as local; by default, whether the peer is a loopback address
 * @param tls whether it came over TLS
 * @param path the path of the request
 * @param headers the headers of the upgrade by name, {@code host} and {@code origin} among them
 * @param clientId the client's kind
 * @param clientMode how it runs
 * @param clientVersion its version
 * @param platform the platform it runs on
 * @param role {@code operator} or {@code node}
 * @param scopes what it asks for
 * @param token the shared token that it sends
 * @param password the shared password that it sends
 * @param deviceToken the device token that it sends
 * @param deviceId the device whose key it holds
 */
public record DescribedConnection(
        Optional<String> peer,
        Optional<Boolean> local,
        Optional<Boolean> tls,
        Optional<String> path,
        Optional<Map<String, String>> headers,
        Optional<String> clientId,
        Optional<String> clientMode,
        Optional<String> clientVersion,
        Optional<String> platform,
        Optional<String> role,
        Optional<List<String>> scopes,
        Optional<String> token,
        Optional<String> password,
        Optional<String> deviceToken,
        Optional<String> deviceId) {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final Pattern DEVICE_ID = Pattern.compile("[0-9a-f]{64}");
    private static final String NOT_A_KEY = "A".repeat(43);

    ConnectContext context(DeviceRegistry devices) {
        return new ConnectContext(
                upgrade(),
                client(),
                askedRole(),
                Scopes.of(scopes.orElse(List.of("operator.read"))),
                new Credentials(secret(token), secret(password), secret(deviceToken), Optional.empty()),
                proof(devices),
                Optional.empty());
    }

    private UpgradeContext upgrade() {
        InetAddress address = address();
        Map<String, List<String>> all = new LinkedHashMap<>();
        headers.orElse(Map.of()).forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        boolean isLocal = local.orElse(address.isLoopbackAddress());
        return new UpgradeContext(
                "explained",
                address,
                address,
                List.of(),
                new Locality(isLocal, local.isPresent() ? "so described" : "by the peer's address alone"),
                transport(isLocal),
                header(all, "host"),
                header(all, "origin"),
                path.orElse("/"),
                Map.copyOf(all),
                List.of(),
                List.of());
    }

    private Transport transport(boolean isLocal) {
        if (tls.orElse(false)) {
            return Transport.TLS;
        }
        return isLocal ? Transport.LOOPBACK : Transport.PLAIN;
    }

    private Client client() {
        return new Client(
                clientId.orElse("cli"),
                clientMode.orElse("cli"),
                clientVersion.orElse("described"),
                platform.orElse("linux"),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private InetAddress address() {
        String text = peer.orElse("127.0.0.1");
        if (!LITERAL.matcher(text).matches()) {
            throw new ProblemException(Problem.malformedBody("connection.peer: '" + text + "' is not an address"));
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new ProblemException(Problem.malformedBody("connection.peer: '" + text + "' is not an address"), e);
        }
    }

    private Role askedRole() {
        String text = role.orElse(Role.OPERATOR.wireName());
        return Role.parse(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.malformedBody("connection.role: '" + text + "' is neither operator nor node")));
    }

    /** The device is taken at its word; a known one has the key that it was approved with. */
    private DeviceProof proof(DeviceRegistry devices) {
        if (deviceId.isEmpty()) {
            return new DeviceProof.Absent();
        }
        String id = deviceId.get();
        if (!DEVICE_ID.matcher(id).matches()) {
            throw new ProblemException(Problem.malformedBody(
                    "connection.deviceId: '" + id + "' is not a device id; it has 64 lower-case hex digits"));
        }
        return new DeviceProof.Verified(
                id, devices.find(id).map(known -> known.publicKey()).orElse(NOT_A_KEY));
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Optional<Secret> secret(Optional<String> text) {
        return text.filter(given -> !given.isBlank()).map(Secret::of);
    }

    /** Leaves out what may be secret. */
    @Override
    public String toString() {
        return "DescribedConnection[" + peer + ", " + clientId + "]";
    }
}
