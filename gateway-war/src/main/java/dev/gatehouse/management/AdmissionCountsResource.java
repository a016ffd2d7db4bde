package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.observe.AdmissionMinutes;

/** Admissions over time, for a chart. */
@Path("/admission-counts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AdmissionCountsResource {

    @Inject
    AdmissionMinutes counts;

    /** What became of connections to this node, minute by minute, the oldest first and the current minute last. */
    @GET
    public Response list(@QueryParam("minutes") @DefaultValue("60") String minutes) {
        return Response.ok(new Items<>(counts.last(checked(minutes)).stream()
                        .map(CountView::of)
                        .toList()))
                .build();
    }

    /**
     * One minute.
     *
     * @param at when it began, as RFC 3339 has it
     */
    record CountView(String at, long admitted, long refused, long failed) {

        static CountView of(AdmissionMinutes.Count count) {
            return new CountView(count.at().toString(), count.admitted(), count.refused(), count.failed());
        }
    }

    private static int checked(String minutes) {
        try {
            int number = Integer.parseInt(minutes);
            if (number >= 1 && number <= AdmissionMinutes.KEPT) {
                return number;
            }
        } catch (NumberFormatException e) { // said below
        }
        throw new ProblemException(Problem.invalidQuery("minutes must be 1 to " + AdmissionMinutes.KEPT));
    }
}
