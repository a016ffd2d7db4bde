package dev.gatehouse.management;

import java.util.UUID;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import dev.gatehouse.config.InvalidConfig;
import dev.gatehouse.device.AmbiguousDevice;
import dev.gatehouse.device.ChangedMeanwhile;
import dev.gatehouse.device.Denied;
import dev.gatehouse.device.InvalidApproval;
import dev.gatehouse.device.InvalidInvitation;
import dev.gatehouse.device.InvalidLabel;
import dev.gatehouse.device.InvalidRotation;
import dev.gatehouse.device.KeyConflict;
import dev.gatehouse.device.PairingRequestResolved;
import dev.gatehouse.device.UnknownDevice;
import dev.gatehouse.device.UnknownGrant;
import dev.gatehouse.device.UnknownInvitation;
import dev.gatehouse.device.UnknownNode;
import dev.gatehouse.device.UnknownPairingRequest;
import dev.gatehouse.device.UnknownSurfaceRequest;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a call threw into a problem; what nobody expected is logged under an incident id and not shown. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final int RETRY_SECONDS = 5;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem.getResponse();
        }
        if (failure instanceof WebApplicationException refusal) {
            return refused(refusal.getResponse());
        }
        if (failure instanceof UnknownPairingRequest) {
            return Problem.notFound("PAIRING_REQUEST_UNKNOWN", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof UnknownDevice) {
            return Problem.notFound("DEVICE_UNKNOWN", said(failure)).response().build();
        }
        if (failure instanceof UnknownNode) {
            return Problem.notFound("NODE_UNKNOWN", said(failure)).response().build();
        }
        if (failure instanceof UnknownSurfaceRequest) {
            return Problem.notFound("NODE_REQUEST_UNKNOWN", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof UnknownGrant) {
            return Problem.notFound("ROLE_NOT_APPROVED", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof ChangedMeanwhile) {
            return Problem.preconditionFailed().response().build();
        }
        if (failure instanceof InvalidRotation) {
            return Problem.unprocessable("ROTATION_INVALID", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof PairingRequestResolved) {
            return Problem.conflict("PAIRING_REQUEST_RESOLVED", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof AmbiguousDevice) {
            return Problem.of(409, "DEVICE_AMBIGUOUS", "Several requests", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof KeyConflict) {
            return Problem.conflict("DEVICE_KEY_CHANGED", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof Denied denied) {
            return Problem.of(403, denied.code().name(), "Not allowed", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof InvalidApproval) {
            return Problem.unprocessable("APPROVAL_INVALID", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof InvalidLabel) {
            return Problem.unprocessable("LABEL_INVALID", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof InvalidInvitation) {
            return Problem.unprocessable("INVITATION_INVALID", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof UnknownInvitation) {
            return Problem.notFound("INVITATION_UNKNOWN", said(failure))
                    .response()
                    .build();
        }
        if (failure instanceof InvalidConfig config) {
            return Problem.invalidConfig("the config that was given cannot be used", config.problems())
                    .response()
                    .build();
        }
        if (failure instanceof TemporarilyUnavailable) {
            LOG.warn("a management call found the database unavailable", failure);
            return Problem.unavailable()
                    .response()
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .build();
        }
        String incidentId = UUID.randomUUID().toString();
        LOG.error("incident {}: a management call failed", incidentId, failure);
        return Problem.unexpected(incidentId).response().build();
    }

    /** Keeps status and headers, such as Allow, and replaces the server's own page. */
    private static Response refused(Response response) {
        return Response.fromResponse(response)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.ofStatus(response.getStatusInfo()))
                .build();
    }

    private static String said(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
