package dev.gatehouse.protocol;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;

/**
 * The first frame of a well-formed client (wire reference 2.2). Its shape is checked, nothing that it says is.
 *
 * @param id the id of the request, to be sent back as it is
 * @param client what the client says about itself
 * @param roleName what it connects as; {@code operator} when it did not say
 * @param scopeNames what it asks for, as sent: in order, with repeats and blank ones, because that is what it signed
 * @param credentials what it presented
 * @param signedToken the credential that is part of the signed payload, as sent; may be blank
 * @param device the device that it says it is
 * @param minProtocol the oldest protocol that it speaks
 * @param maxProtocol the newest protocol that it speaks
 * @param node what it can do as a node; no check sees it
 */
public record ConnectFrame(
        String id,
        Client client,
        String roleName,
        List<String> scopeNames,
        Credentials credentials,
        Secret signedToken,
        Optional<DeviceClaim> device,
        int minProtocol,
        int maxProtocol,
        NodeDeclaration node)
        implements FirstFrame {

    public ConnectFrame {
        scopeNames = List.copyOf(scopeNames);
    }

    /**
     * Reads the first frame of a connection; never throws, whatever the text is.
     *
     * @param text the frame, of at most 64 KiB
     */
    public static FirstFrame parse(String text) {
        return ConnectReader.read(text);
    }

    /** The role of that name; empty when the gateway has none, which {@link Preconditions} refuses. */
    public Optional<Role> role() {
        return Role.parse(roleName);
    }

    /** The scopes that it asks for, without repeats and blank ones. */
    public Scopes requestedScopes() {
        return Scopes.of(scopeNames);
    }

    /**
     * The facts for the admission chain, nobody being identified yet. What a trusted proxy allows at most, the client asks
     * for at most.
     *
     * @throws IllegalStateException when the frame did not meet the {@link Preconditions}
     */
    public ConnectContext toContext(UpgradeContext upgrade, DeviceProof proof) {
        Role known = role().orElseThrow(() -> new IllegalStateException("the role must be checked first"));
        return new ConnectContext(
                upgrade, client, known, ScopeCap.of(upgrade, requestedScopes()), credentials, proof, Optional.empty());
    }
}
