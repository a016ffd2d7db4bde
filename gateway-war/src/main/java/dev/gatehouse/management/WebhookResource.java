package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.webhook.Delivery.State;
import dev.gatehouse.webhook.Webhooks;

/** Webhooks, which the config names, and the messages of theirs that have not arrived. */
@Path("/webhooks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WebhookResource {

    private static final int LIMIT_MAX = 1000;

    @Context
    SecurityContext security;

    @Inject
    Webhooks webhooks;

    /** Every webhook of the config, and how it is doing. */
    @GET
    public Response list() {
        return Response.ok(new Items<>(
                        webhooks.list().stream().map(WebhookView::of).toList()))
                .build();
    }

    /** What is still tried, or was given up, page by page. */
    @GET
    @Path("/{name}/deliveries")
    public Response deliveries(
            @PathParam("name") String name,
            @QueryParam("state") @DefaultValue("pending") String state,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("0") String after) {
        State wanted = State.parse(state)
                .orElseThrow(() -> new ProblemException(Problem.invalidQuery("state must be pending or dead")));
        int max = Query.number("limit", limit, 1, LIMIT_MAX);
        long from = Query.number("after", after, 0, Long.MAX_VALUE);
        return webhooks.deliveries(name, wanted, from, max + 1)
                .map(read -> Response.ok(
                                Page.of(read, max, DeliveryView::of, delivery -> Long.toString(delivery.sequence())))
                        .build())
                .orElseThrow(() -> unknown(name));
    }

    /** Has a message tried at once; one that was given up has every attempt again. */
    @POST
    @Needs(KeyScope.MANAGE)
    @Path("/{name}/deliveries/{id}/retry")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response retry(@PathParam("name") String name, @PathParam("id") String id) {
        if (!webhooks.retry(actor(), name, id)) {
            throw unknownDelivery(name, id, "message that has not arrived");
        }
        return Response.noContent().build();
    }

    /** Forgets a message that was given up. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{name}/deliveries/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response discard(@PathParam("name") String name, @PathParam("id") String id) {
        if (!webhooks.discard(actor(), name, id)) {
            throw unknownDelivery(name, id, "message that was given up");
        }
        return Response.noContent().build();
    }

    /** Sends a message of type {@code webhook.test} and says what came of it. */
    @POST
    @Needs(KeyScope.MANAGE)
    @Path("/{name}/test")
    public Response test(@PathParam("name") String name) {
        return webhooks.test(actor(), name)
                .map(result -> Response.ok(WebhookTestView.of(result)).build())
                .orElseThrow(() -> unknown(name));
    }

    /** Has a webhook go on whose receiver answered 410, or that is left alone because it failed. */
    @POST
    @Needs(KeyScope.MANAGE)
    @Path("/{name}/start")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response start(@PathParam("name") String name) {
        if (!webhooks.start(actor(), name)) {
            throw unknown(name);
        }
        return Response.noContent().build();
    }

    private Actor actor() {
        return Operator.of(security).actor();
    }

    private static ProblemException unknown(String name) {
        return new ProblemException(Problem.notFound(
                "WEBHOOK_UNKNOWN", "the config has no webhook '" + name + "'; GET /webhooks lists them"));
    }

    private static ProblemException unknownDelivery(String name, String id, String what) {
        return new ProblemException(Problem.notFound(
                "DELIVERY_UNKNOWN",
                "webhook '" + name + "' has no " + what + " '" + id + "'; GET /webhooks/" + name
                        + "/deliveries lists them"));
    }
}
