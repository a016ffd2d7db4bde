package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.NodeSurfaces;

/** Nodes: which there are, and what they may be used for. */
@Path("/nodes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodeResource {

    @Inject
    NodeSurfaces surfaces;

    /** Every node, a thousand at most, the one paired last first. */
    @GET
    public Response list() {
        return Response.ok(new Items<>(surfaces.nodes(Authority.owner()).stream()
                        .map(NodeView::of)
                        .toList()))
                .build();
    }

    /** One node. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String nodeId) {
        return Response.ok(NodeView.of(surfaces.node(Authority.owner(), nodeId)))
                .build();
    }

    /** Takes the role node from a device; its sessions in that role end at once. */
    @DELETE
    @Path("/{id}")
    public Response remove(@PathParam("id") String nodeId) {
        surfaces.remove(Authority.owner(), nodeId);
        return Response.noContent().build();
    }
}
