package dev.gatehouse.management;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.device.Invitation;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.device.NewInvitation;
import dev.gatehouse.qr.QrImage;

/** Invitations: one device each, once, for a short time. */
@Path("/invitations")
@RequestScoped
public class InvitationResource {

    private static final String PNG = "image/png";
    private static final String SVG = "image/svg+xml";
    private static final String BASE = "/api/v1/";

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Inject
    Invitations invitations;

    /**
     * Invites a device. The secrets are in this answer and nowhere else, so the QR code is here as well: in the JSON, or
     * alone for a caller that wants an image. See {@link PairingRequestResource#approve} for why the body is a stream.
     */
    @POST
    @Needs(KeyScope.MANAGE)
    @Produces({MediaType.APPLICATION_JSON, PNG, SVG})
    public Response invite(InputStream body, @Context UriInfo uri) throws IOException {
        InvitationBody said = Json.read(body, InvitationBody.class).orElseGet(InvitationBody::ofNothing);
        NewInvitation made = invitations.invite(
                Operator.of(security), said.offer(invitations.settings(), GatewayUrl.parse(reached(uri.getBaseUri()))));
        String id = made.invitation().invitationId();
        return shown(made, headers.getAcceptableMediaTypes())
                .status(Response.Status.CREATED)
                .location(uri.getAbsolutePathBuilder().path(id).build())
                .header(
                        HttpHeaders.ETAG,
                        Tag.of(InvitationView.of(made.invitation())).text())
                .build();
    }

    /** The invitations that are kept, in one state or all, the newest first, a thousand at most. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(@QueryParam("state") @DefaultValue("") String state) {
        Optional<Invitation.State> wanted = Query.given(state).map(InvitationResource::parsed);
        return Response.ok(new Items<>(invitations.list(Operator.of(security)).stream()
                        .filter(invitation -> wanted.isEmpty() || invitation.state() == wanted.get())
                        .map(InvitationView::of)
                        .toList()))
                .build();
    }

    /** One invitation. */
    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response get(@PathParam("id") String invitationId) {
        return Conditional.shown(
                headers, InvitationView.of(invitations.invitation(Operator.of(security), invitationId)));
    }

    /** Withdraws an invitation. A device that came in by it stays. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response revoke(@PathParam("id") String invitationId) {
        invitations.revoke(
                Conditional.authority(security, headers, Invitation.class, InvitationView::of), invitationId);
        return Response.noContent().build();
    }

    private static Invitation.State parsed(String state) {
        return Arrays.stream(Invitation.State.values())
                .filter(known -> known.label().equals(state))
                .findFirst()
                .orElseThrow(() -> Query.invalid("state must be one of "
                        + Arrays.stream(Invitation.State.values())
                                .map(Invitation.State::label)
                                .collect(Collectors.joining(", "))));
    }

    private static Response.ResponseBuilder shown(NewInvitation made, List<MediaType> wanted) {
        String first = wanted.isEmpty()
                ? ""
                : wanted.get(0).getType() + "/" + wanted.get(0).getSubtype();
        String setupCode = made.handover().setupCode().text();
        return switch (first) {
            case PNG -> Response.ok(QrImage.of(setupCode).png(), PNG);
            case SVG -> Response.ok(QrImage.of(setupCode).svg(), SVG);
            default -> Response.ok(NewInvitationView.of(made), MediaType.APPLICATION_JSON);
        };
    }

    /** Where the caller has reached the gateway; clients connect to the root of the deployment. */
    private static String reached(URI base) {
        String text = base.toString();
        return text.endsWith(BASE) ? text.substring(0, text.length() - BASE.length()) : text;
    }
}
