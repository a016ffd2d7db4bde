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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

import dev.gatehouse.device.Authority;
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

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Inject
    DeviceRegistry registry;

    /** The requests in one state, of one device or all, the newest first, a thousand at most. */
    @GET
    public Response list(
            @QueryParam("state") @DefaultValue("pending") String state,
            @QueryParam("deviceId") @DefaultValue("") String deviceId) {
        return Response.ok(new Items<>(
                        registry.pairingRequests(Operator.of(security), parsed(state), Query.given(deviceId)).stream()
                                .map(PairingRequestView::of)
                                .toList()))
                .build();
    }

    /** One request. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String requestId) {
        return Conditional.shown(
                headers, PairingRequestView.of(registry.pairingRequest(Operator.of(security), requestId)));
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
        return changed(registry.approve(authority(), requestId, said.approval()));
    }

    /** Rejects a request. */
    @POST
    @Needs(KeyScope.APPROVE)
    @Path("/{id}/reject")
    public Response reject(@PathParam("id") String requestId) {
        return changed(registry.reject(authority(), requestId));
    }

    private Authority authority() {
        return Conditional.authority(security, headers, PairingRequest.class, PairingRequestView::of);
    }

    /** The id in the path may be the device's or the short code; the answer says whose representation it is. */
    private Response changed(PairingRequest request) {
        return Conditional.changed(PairingRequestView.of(request))
                .contentLocation(uri.getBaseUriBuilder()
                        .path(PairingRequestResource.class)
                        .path(request.requestId())
                        .build())
                .build();
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
