package dev.gatehouse.management;

import java.io.IOException;
import java.io.InputStream;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.spi.Role;

/** The tokens of approved devices. */
@Path("/devices/{id}/tokens/{role}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeviceTokenResource {

    @Context
    SecurityContext security;

    @Inject
    DeviceRegistry registry;

    /**
     * Replaces a token. The body may be left out; see {@link PairingRequestResource#approve} for why it is a stream.
     */
    @POST
    @Needs(KeyScope.MANAGE)
    @Path("/rotate")
    public Response rotate(@PathParam("id") String deviceId, @PathParam("role") String role, InputStream body)
            throws IOException {
        RotationBody said = Json.read(body, RotationBody.class).orElseGet(RotationBody::ofNothing);
        return Response.ok(
                        RotationView.of(registry.rotate(Operator.of(security), deviceId, parsed(role), said.carried())))
                .build();
    }

    /** Revokes the tokens of a role; its sessions end at once. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response revoke(@PathParam("id") String deviceId, @PathParam("role") String role) {
        registry.revoke(Operator.of(security), deviceId, parsed(role));
        return Response.noContent().build();
    }

    private static Role parsed(String role) {
        return Role.parse(role)
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "ROLE_UNKNOWN", "there is no role '" + role + "'; roles are operator and node")));
    }
}
