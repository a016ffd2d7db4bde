package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.journal.Journal;

/** What happened to a device, as the journal has it. */
@Path("/devices/{id}/history")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeviceHistoryResource {

    private static final int LIMIT_MAX = Journal.LIMIT_MAX - 1;

    @Context
    SecurityContext security;

    @Inject
    DeviceRegistry registry;

    @Inject
    Journal journal;

    /** Entries about a device, the last first, page by page; also after it was removed. */
    @GET
    public Response list(
            @PathParam("id") String deviceId,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("") String after) {
        int max = Query.number("limit", limit, 1, LIMIT_MAX);
        long before = after.isEmpty() ? Long.MAX_VALUE : Query.number("after", after, 1, Long.MAX_VALUE);
        Page<AuditEntryView> page = AuditEntryView.page(journal.aboutBefore(deviceId, before, max + 1), max);
        if (page.items().isEmpty() && after.isEmpty()) {
            registry.device(Operator.of(security), deviceId); // throws when nobody ever heard of it
        }
        return Response.ok(page).build();
    }
}
