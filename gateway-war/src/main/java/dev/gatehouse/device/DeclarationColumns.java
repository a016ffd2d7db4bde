package dev.gatehouse.device;

import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;

import org.jspecify.annotations.Nullable;

/**
 * What a node declared, as the columns that an approved surface and a request for one share. Never changed in place.
 */
@Embeddable
class DeclarationColumns {

    @Column(name = "capabilities")
    private String capabilities;

    @Column(name = "commands")
    private String commands;

    @Column(name = "permissions")
    private String permissions;

    @Embedded
    private ClientColumns client;

    @Column(name = "model_identifier")
    private @Nullable String modelIdentifier;

    @Column(name = "core_version")
    private @Nullable String coreVersion;

    @Column(name = "ui_version")
    private @Nullable String uiVersion;

    @Column(name = "peer")
    private String peer;

    @Column(name = "is_local")
    private boolean isLocal;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    DeclarationColumns() {}

    /** What a node says now, with the surface that is stored for it. */
    DeclarationColumns(NodeClaim claim, NodeSurface surface) {
        this(
                surface,
                new ClientColumns(claim.client()),
                bounded(claim.details()),
                claim.peer().getHostAddress(),
                claim.isLocal());
    }

    private DeclarationColumns(
            NodeSurface surface, ClientColumns client, NodeDetails details, String peer, boolean isLocal) {
        this.capabilities = SurfaceText.join(surface.capabilities());
        this.commands = SurfaceText.join(surface.commands());
        this.permissions = SurfaceText.join(surface.permissions());
        this.client = client;
        this.modelIdentifier = details.modelIdentifier().orElse(null);
        this.coreVersion = details.coreVersion().orElse(null);
        this.uiVersion = details.uiVersion().orElse(null);
        this.peer = peer;
        this.isLocal = isLocal;
    }

    /** The same facts with another surface. */
    DeclarationColumns with(NodeSurface surface) {
        return new DeclarationColumns(surface, client, details(), peer, isLocal);
    }

    NodeSurface surface() {
        return new NodeSurface(
                SurfaceText.names(capabilities), SurfaceText.names(commands), SurfaceText.permissions(permissions));
    }

    NodeFacts facts() {
        return new NodeFacts(client.facts(), details(), peer, isLocal);
    }

    private NodeDetails details() {
        return new NodeDetails(
                Optional.ofNullable(modelIdentifier), Optional.ofNullable(coreVersion), Optional.ofNullable(uiVersion));
    }

    private static NodeDetails bounded(NodeDetails said) {
        return new NodeDetails(
                said.modelIdentifier().map(ClientColumns::bounded),
                said.coreVersion().map(ClientColumns::bounded),
                said.uiVersion().map(ClientColumns::bounded));
    }
}
