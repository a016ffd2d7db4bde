package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.KeyScope;
import dev.gatehouse.device.KnownNode;
import dev.gatehouse.device.NodeSurfaces;

/** Nodes: which there are, and what they may be used for. */
@Path("/nodes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodeResource {

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Inject
    NodeSurfaces surfaces;

    /** Every node, a thousand at most, the one paired last first. */
    @GET
    public Response list() {
        return Response.ok(new Items<>(surfaces.nodes(Operator.of(security)).stream()
                        .map(NodeView::of)
                        .toList()))
                .build();
    }

    /** One node. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String nodeId) {
        return Conditional.shown(headers, NodeView.of(surfaces.node(Operator.of(security), nodeId)));
    }

    /** Takes the role node from a device; its sessions in that role end at once. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response remove(@PathParam("id") String nodeId) {
        surfaces.remove(Conditional.authority(security, headers, KnownNode.class, NodeView::of), nodeId);
        return Response.noContent().build();
    }
}
