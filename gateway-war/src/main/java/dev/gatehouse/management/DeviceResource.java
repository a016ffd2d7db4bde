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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceCursor;
import dev.gatehouse.device.DeviceRegistry;
import org.jspecify.annotations.Nullable;

/** Approved devices. */
@Path("/devices")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeviceResource {

    private static final int LIMIT_MAX = 1000;

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
        return Response.ok(DevicesPage.of(registry, from, checked(limit))).build();
    }

    private static int checked(String limit) {
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= LIMIT_MAX) {
                return number;
            }
        } catch (NumberFormatException e) { // said below
        }
        throw new ProblemException(Problem.invalidQuery("limit must be 1 to " + LIMIT_MAX));
    }

    /** One device. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String deviceId) {
        return shown(registry.device(Authority.owner(), deviceId));
    }

    /** Gives a device another label. */
    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response relabel(@PathParam("id") String deviceId, @Nullable LabelBody body) {
        if (body == null) { // some servers do not ask a reader about no content
            throw new ProblemException(Problem.malformedBody("no content"));
        }
        return shown(registry.relabel(Authority.owner(), deviceId, body.required()));
    }

    /** Removes a device; its sessions end at once. */
    @DELETE
    @Path("/{id}")
    public Response remove(@PathParam("id") String deviceId) {
        registry.remove(Authority.owner(), deviceId);
        return Response.noContent().build();
    }

    private static Response shown(Device device) {
        return Response.ok(DeviceView.of(device)).build();
    }
}
