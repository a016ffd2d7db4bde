package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceCursor;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.KeyScope;
import org.jspecify.annotations.Nullable;

/** Approved devices. */
@Path("/devices")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeviceResource {

    private static final int LIMIT_MAX = 1000;

    @Context
    SecurityContext security;

    @Inject
    DeviceRegistry registry;

    /** Devices, the one first approved last first, page by page. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("1000") String limit,
            @QueryParam("after") @DefaultValue("") String after) {
        DeviceCursor from = after.isEmpty()
                ? DeviceCursor.START
                : DeviceCursor.parse(after)
                        .orElseThrow(() -> new ProblemException(
                                Problem.invalidQuery("after must be the 'next' of the page before")));
        return Response.ok(DevicesPage.of(registry, from, Query.number("limit", limit, 1, LIMIT_MAX)))
                .build();
    }

    /** One device. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String deviceId) {
        return shown(registry.device(Operator.of(security), deviceId));
    }

    /** Gives a device another label. */
    @PATCH
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response relabel(@PathParam("id") String deviceId, @Nullable LabelBody body) {
        if (body == null) { // some servers do not ask a reader about no content
            throw new ProblemException(Problem.malformedBody("no content"));
        }
        return shown(registry.relabel(Operator.of(security), deviceId, body.required()));
    }

    /** Removes a device; its sessions end at once. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response remove(@PathParam("id") String deviceId) {
        registry.remove(Operator.of(security), deviceId);
        return Response.noContent().build();
    }

    private static Response shown(Device device) {
        return Response.ok(DeviceView.of(device)).build();
    }
}
