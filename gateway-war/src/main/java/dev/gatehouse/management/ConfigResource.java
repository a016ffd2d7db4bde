package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.config.ConfigReport;
import dev.gatehouse.device.KeyScope;

/** What is known about the config. */
@Path("/config")
@RequestScoped
public class ConfigResource {

    @Context
    HttpHeaders headers;

    @Inject
    ChainDesk desk;

    @Inject
    ConfigReport.Desk config;

    /** The config in force, with every default filled in, and of each secret only where it is kept. */
    @GET
    @Needs(KeyScope.ADMIN)
    @Produces(MediaType.APPLICATION_JSON)
    public Response get() {
        return Conditional.shown(headers, ConfigView.of(config.inForce()));
    }

    /** The JSON schema of the config file, with the settings of every loaded check, for editors. */
    @GET
    @Path("/schema")
    @Produces({"application/schema+json", "application/json"})
    public Response schema() {
        return Response.ok(desk.schema().toPrettyString()).build();
    }
}
