package dev.gatehouse.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.protocol.ConnectFrame;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.DeviceProof;

/**
 * What a client said about itself in its connect frame (wire reference 2.2), without its secrets. Every text is bounded.
 *
 * @param id its kind
 * @param mode how it runs
 * @param version its version
 * @param platform the platform it runs on
 * @param displayName the name that it would like to be shown by
 * @param role what it wants to connect as
 * @param scopes what it asks for, the first {@value #SCOPES_MAX}
 * @param deviceId the device whose key it holds; empty without a proof that holds
 * @param deviceProof what became of its device's signature: {@code absent}, {@code verified}, {@code not-examined}, or
 *     {@code faulty:} and the code of the rule that it breaks
 * @param credentials which kinds of credentials it presented, by their names in the frame; never what they were
 */
public record Visitor(
        String id,
        String mode,
        String version,
        String platform,
        Optional<String> displayName,
        String role,
        List<String> scopes,
        Optional<String> deviceId,
        String deviceProof,
        List<String> credentials) {

    static final String TOKEN = "token";
    static final String PASSWORD = "password";
    static final String DEVICE_TOKEN = "deviceToken";
    static final String BOOTSTRAP_TOKEN = "bootstrapToken";

    private static final int TEXT_MAX = 64;
    private static final int SCOPES_MAX = 32;

    /** Who is being examined by the chain. */
    public static Visitor of(ConnectContext context) {
        return of(
                context.client(),
                context.role().wireName(),
                context.requestedScopes().asList(),
                context.device().map(DeviceProof.Verified::deviceId),
                standing(context.deviceProof()),
                context.credentials());
    }

    /** Who did not come as far as that. */
    public static Visitor of(ConnectFrame frame) {
        return of(
                frame.client(),
                frame.roleName(),
                frame.scopeNames(),
                Optional.empty(),
                frame.device().isPresent() ? "not-examined" : "absent",
                frame.credentials());
    }

    private static Visitor of(
            Client client,
            String role,
            List<String> scopes,
            Optional<String> deviceId,
            String deviceProof,
            Credentials credentials) {
        return new Visitor(
                cut(client.id()),
                cut(client.mode()),
                cut(client.version()),
                cut(client.platform()),
                client.displayName().map(Visitor::cut),
                cut(role),
                scopes.stream().limit(SCOPES_MAX).map(Visitor::cut).toList(),
                deviceId,
                deviceProof,
                kinds(credentials));
    }

    boolean presented(String credential) {
        return credentials.contains(credential);
    }

    private static List<String> kinds(Credentials sent) {
        List<String> kinds = new ArrayList<>();
        sent.token().ifPresent(secret -> kinds.add(TOKEN));
        sent.password().ifPresent(secret -> kinds.add(PASSWORD));
        sent.deviceToken().ifPresent(secret -> kinds.add(DEVICE_TOKEN));
        sent.bootstrapToken().ifPresent(secret -> kinds.add(BOOTSTRAP_TOKEN));
        return List.copyOf(kinds);
    }

    private static String standing(DeviceProof proof) {
        if (proof instanceof DeviceProof.Faulty faulty) {
            return "faulty:" + faulty.reason().code();
        }
        return proof instanceof DeviceProof.Verified ? "verified" : "absent";
    }

    private static String cut(String text) {
        return VisibleText.cut(text, TEXT_MAX);
    }
}
