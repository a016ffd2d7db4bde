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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.PairingRequest;

/** Pairing requests: who waits, and the operator's answer. */
@Path("/pairing-requests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PairingRequestResource {

    @Inject
    DeviceRegistry registry;

    /** The requests in one state, the newest first. */
    @GET
    public Response list(@QueryParam("state") @DefaultValue("pending") String state) {
        return Response.ok(new Items<>(registry.pairingRequests(Authority.owner(), parsed(state)).stream()
                        .map(PairingRequestView::of)
                        .toList()))
                .build();
    }

    /** One request. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String requestId) {
        return shown(registry.pairingRequest(Authority.owner(), requestId));
    }

    /**
     * Approves a request, wholly unless the body says less. The body is a stream of no declared type, because it may be
     * left out, and RESTEasy refuses a call without a body where a type is declared.
     */
    @POST
    @Path("/{id}/approve")
    public Response approve(@PathParam("id") String requestId, InputStream body) throws IOException {
        ApprovalBody said = Json.read(body, ApprovalBody.class).orElseGet(ApprovalBody::ofNothing);
        return shown(registry.approve(Authority.owner(), requestId, said.approval()));
    }

    /** Rejects a request. */
    @POST
    @Path("/{id}/reject")
    public Response reject(@PathParam("id") String requestId) {
        return shown(registry.reject(Authority.owner(), requestId));
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
