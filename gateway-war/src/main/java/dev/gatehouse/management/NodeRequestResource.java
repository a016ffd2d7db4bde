package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.NodeSurfaces;

/** What nodes ask to be used for, and the operator's answer. */
@Path("/node-requests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodeRequestResource {

    @Inject
    NodeSurfaces surfaces;

    /** Every request that waits. */
    @GET
    public Response list() {
        return Response.ok(new Items<>(surfaces.nodes(Authority.owner()).stream()
                        .flatMap(node -> node.request().stream())
                        .map(NodeRequestView::of)
                        .toList()))
                .build();
    }

    /** Approves a request, named by its id or the node's. */
    @POST
    @Path("/{id}/approve")
    public Response approve(@PathParam("id") String id) {
        NodeSurfaces.Approved approved = surfaces.approve(Authority.owner(), id);
        return Response.ok(NodeView.of(
                        surfaces.node(Authority.owner(), approved.surface().deviceId())))
                .build();
    }

    /** Rejects a request, named by its id or the node's. */
    @POST
    @Path("/{id}/reject")
    public Response reject(@PathParam("id") String id) {
        return Response.ok(NodeRequestView.of(surfaces.reject(Authority.owner(), id)))
                .build();
    }
}
