package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.SurfaceRequest;

/** What nodes ask to be used for, and the operator's answer. */
@Path("/node-requests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodeRequestResource {

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Inject
    NodeSurfaces surfaces;

    /** Every request that waits. */
    @GET
    public Response list() {
        return Response.ok(new Items<>(surfaces.nodes(Operator.of(security)).stream()
                        .flatMap(node -> node.request().stream())
                        .map(NodeRequestView::of)
                        .toList()))
                .build();
    }

    /** One request that waits. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String requestId) {
        return surfaces.request(requestId)
                .map(request -> Conditional.shown(headers, NodeRequestView.of(request)))
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "NODE_REQUEST_UNKNOWN",
                        "there is no node request '" + requestId
                                + "', or not any more; GET /node-requests lists them")));
    }

    /** Approves a request, named by its id or the node's. */
    @POST
    @Needs(KeyScope.APPROVE)
    @Path("/{id}/approve")
    public Response approve(@PathParam("id") String id) {
        NodeSurfaces.Approved approved = surfaces.approve(authority(), id);
        return Response.ok(NodeView.of(
                        surfaces.node(Operator.of(security), approved.surface().deviceId())))
                .build();
    }

    /** Rejects a request, named by its id or the node's. */
    @POST
    @Needs(KeyScope.APPROVE)
    @Path("/{id}/reject")
    public Response reject(@PathParam("id") String id) {
        return Response.ok(NodeRequestView.of(surfaces.reject(authority(), id))).build();
    }

    private Authority authority() {
        return Conditional.authority(security, headers, SurfaceRequest.class, NodeRequestView::of);
    }
}
