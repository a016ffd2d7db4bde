package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.chain.ChainDesk;

/** What is known about the config. */
@Path("/config")
@RequestScoped
public class ConfigResource {

    @Inject
    ChainDesk desk;

    /** The JSON schema of the config file, with the settings of every loaded check, for editors. */
    @GET
    @Path("/schema")
    @Produces({"application/schema+json", "application/json"})
    public Response schema() {
        return Response.ok(desk.schema().toPrettyString()).build();
    }
}
