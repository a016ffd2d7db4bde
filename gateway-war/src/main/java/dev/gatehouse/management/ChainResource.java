package dev.gatehouse.management;

import java.time.LocalDate;
import java.time.ZoneOffset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.admission.Explanation;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.chain.ReloadReport;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.spi.ConnectContext;
import org.jspecify.annotations.Nullable;

/** The chain in force: what it is, why it decides as it does, and putting in force what is on disk. */
@Path("/chain")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ChainResource {

    @Inject
    ChainDesk desk;

    @Inject
    RecentRefusals refusals;

    @Inject
    DeviceRegistry devices;

    /** The chain in force, its checks with their figures, and whether it is what is on disk. */
    @GET
    public Response get() {
        return Response.ok(ChainView.of(desk.chain(), LocalDate.now(ZoneOffset.UTC)))
                .build();
    }

    /** Puts in force what is on disk, whole or not at all. */
    @POST
    @Path("/reload")
    public Response reload() {
        ReloadReport report = desk.reload();
        if (!report.inForce()) {
            throw new ProblemException(Problem.invalidConfig(
                    "what is on disk is not in force; the chain before stays until this is put right",
                    report.problems()));
        }
        return Response.ok(ChainView.ReloadView.of(report)).build();
    }

    /** What the chain says about a connection, check by check; nothing comes of it. */
    @POST
    @Needs(KeyScope.READ)
    @Path("/explain")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response explain(@Nullable ExplainBody body) {
        if (body == null) { // some servers do not ask a reader about no content
            throw new ProblemException(Problem.malformedBody("no content"));
        }
        ConnectContext context = body.connection(refusals, devices);
        Explanation explanation =
                body.config().isPresent() ? desk.explain(context, body.config().get()) : desk.explain(context);
        return Response.ok(ExplanationView.of(explanation)).build();
    }
}
