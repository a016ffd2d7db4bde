package dev.gatehouse.management;

import java.time.LocalDate;
import java.time.ZoneOffset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.chain.ChainDesk;

/** The checks that loaded plugins provide, in the chain or not. */
@Path("/checks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {

    @Inject
    ChainDesk desk;

    /** Every check, by name. */
    @GET
    public Response list() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Response.ok(new Items<>(desk.checks().stream()
                        .map(check -> CheckView.of(check, today))
                        .toList()))
                .build();
    }

    /** One check. */
    @GET
    @Path("/{name}")
    public Response get(@PathParam("name") String name) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return desk.checks().stream()
                .filter(check -> check.check().equals(name))
                .findFirst()
                .map(check -> Response.ok(CheckView.of(check, today)).build())
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("CHECK_UNKNOWN", "no loaded plugin provides a check '" + name + "'")));
    }
}
