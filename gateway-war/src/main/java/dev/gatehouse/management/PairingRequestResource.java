package dev.gatehouse.management;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.device.PairingRequest;

/** Pairing requests: who waits, and the operator's answer. */
@Path("/pairing-requests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PairingRequestResource {

    @Context
    SecurityContext security;

    @Inject
    DeviceRegistry registry;

    /** The requests in one state, the newest first. */
    @GET
    public Response list(@QueryParam("state") @DefaultValue("pending") String state) {
        return Response.ok(new Items<>(registry.pairingRequests(Operator.of(security), parsed(state)).stream()
                        .map(PairingRequestView::of)
                        .toList()))
                .build();
    }

    /** One request. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String requestId) {
        return shown(registry.pairingRequest(Operator.of(security), requestId));
    }

    /**
     * Approves a request, wholly unless the body says less. The body is a stream of no declared type, because it may be
     * left out, and RESTEasy refuses a call without a body where a type is declared.
     */
    @POST
    @Needs(KeyScope.APPROVE)
    @Path("/{id}/approve")
    public Response approve(@PathParam("id") String requestId, InputStream body) throws IOException {
        ApprovalBody said = Json.read(body, ApprovalBody.class).orElseGet(ApprovalBody::ofNothing);
        return shown(registry.approve(Operator.of(security), requestId, said.approval()));
    }

    /** Rejects a request. */
    @POST
    @Needs(KeyScope.APPROVE)
    @Path("/{id}/reject")
    public Response reject(@PathParam("id") String requestId) {
        return shown(registry.reject(Operator.of(security), requestId));
    }

    private static Response shown(PairingRequest request) {
        return Response.ok(PairingRequestView.of(request)).build();
    }

    private static PairingRequest.State parsed(String state) {
        return Arrays.stream(PairingRequest.State.values())
                .filter(known -> known.label().equals(state))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.invalidQuery("state must be one of "
                        + Arrays.stream(PairingRequest.State.values())
                                .map(PairingRequest.State::label)
                                .collect(Collectors.joining(", ")))));
    }
}
