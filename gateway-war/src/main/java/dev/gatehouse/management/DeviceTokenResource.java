package dev.gatehouse.management;

import java.io.IOException;
import java.io.InputStream;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceGrant;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.spi.Role;

/** The tokens of approved devices. */
@Path("/devices/{id}/tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeviceTokenResource {

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Inject
    DeviceRegistry registry;

    /** What is known of each token of a device, by role; never a token. */
    @GET
    public Response list(@PathParam("id") String deviceId) {
        return Response.ok(new Items<>(registry.device(Operator.of(security), deviceId).grants().stream()
                        .map(DeviceView.GrantView::of)
                        .toList()))
                .build();
    }

    /** What is known of the token for one role. */
    @GET
    @Path("/{role}")
    public Response get(@PathParam("id") String deviceId, @PathParam("role") String role) {
        Role known = parsed(role);
        return registry.device(Operator.of(security), deviceId).grants().stream()
                .filter(grant -> grant.role() == known)
                .findFirst()
                .map(grant -> Conditional.shown(headers, DeviceView.GrantView.of(grant)))
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "ROLE_NOT_APPROVED", "device '" + deviceId + "' is not approved for role '" + role + "'")));
    }

    /**
     * Replaces a token. The body may be left out; see {@link PairingRequestResource#approve} for why it is a stream.
     */
    @POST
    @Needs(KeyScope.MANAGE)
    @Path("/{role}/rotate")
    public Response rotate(@PathParam("id") String deviceId, @PathParam("role") String role, InputStream body)
            throws IOException {
        RotationBody said = Json.read(body, RotationBody.class).orElseGet(RotationBody::ofNothing);
        return Response.ok(RotationView.of(registry.rotate(authority(), deviceId, parsed(role), said.carried())))
                .build();
    }

    /** Revokes the tokens of a role; its sessions end at once. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{role}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response revoke(@PathParam("id") String deviceId, @PathParam("role") String role) {
        registry.revoke(authority(), deviceId, parsed(role));
        return Response.noContent().build();
    }

    private Authority authority() {
        return Conditional.authority(security, headers, DeviceGrant.class, DeviceView.GrantView::of);
    }

    private static Role parsed(String role) {
        return Role.parse(role)
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "ROLE_UNKNOWN", "there is no role '" + role + "'; roles are operator and node")));
    }
}
