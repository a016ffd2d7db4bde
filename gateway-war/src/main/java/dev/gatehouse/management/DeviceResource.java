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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceQuery;
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

    @Context
    HttpHeaders headers;

    @Inject
    DeviceRegistry registry;

    /** Devices that fit the filter, in the order asked for, page by page. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("1000") String limit,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("sort") @DefaultValue("-createdAt") String sort,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("role") @DefaultValue("") String role,
            @QueryParam("platform") @DefaultValue("") String platform,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("clientId") @DefaultValue("") String clientId,
            @QueryParam("lastSeenBefore") @DefaultValue("") String lastSeenBefore,
            @QueryParam("lastSeenAfter") @DefaultValue("") String lastSeenAfter) {
        DeviceListQuery asked = new DeviceListQuery(
                limit, after, sort, state, role, platform, name, clientId, lastSeenBefore, lastSeenAfter);
        DeviceQuery query = asked.query();
        int max = asked.limit(LIMIT_MAX);
        return Response.ok(Page.of(
                        registry.devices(Operator.of(security), query, max + 1),
                        max,
                        DeviceView::of,
                        query::cursorAfter))
                .build();
    }

    /** One device. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String deviceId) {
        return Conditional.shown(headers, DeviceView.of(registry.device(Operator.of(security), deviceId)));
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
        return Conditional.changed(DeviceView.of(registry.relabel(authority(), deviceId, body.required())))
                .build();
    }

    /** Removes a device; its sessions end at once. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response remove(@PathParam("id") String deviceId) {
        registry.remove(authority(), deviceId);
        return Response.noContent().build();
    }

    private Authority authority() {
        return Conditional.authority(security, headers, Device.class, DeviceView::of);
    }
}
