package dev.gatehouse.management;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.ws.rs.core.Response;

import dev.gatehouse.device.KeyScope;

/**
 * Why a call was refused, as problem details (RFC 9457).
 *
 * @param type names the kind of problem
 * @param title the kind of problem for people
 * @param status the HTTP status
 * @param detail what is wrong with this call, and what to do
 * @param code the kind of problem for programs, as on the wire
 * @param incidentId names the log entry of an unexpected failure
 * @param problems everything that is wrong, when it is more than one thing
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        Optional<String> incidentId,
        Optional<List<String>> problems) {

    /**
     * The type of problems. Calls that answer nothing when all goes well declare it as well: generated clients say that they
     * accept what a call may answer, and for such a call that is problems only.
     */
    static final String MEDIA_TYPE = "application/problem+json";

    private static final int UNPROCESSABLE = 422;

    static Problem of(int status, String code, String title, String detail) {
        String type = "urn:gatehouse:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
        return new Problem(type, title, status, detail, code, Optional.empty(), Optional.empty());
    }

    static Problem preconditionFailed() {
        return of(
                412,
                "PRECONDITION_FAILED",
                "Changed meanwhile",
                "it is not, or not any more, what If-Match names; read it again, and decide on what it is now");
    }

    static Problem notFound(String code, String detail) {
        return of(404, code, "Not found", detail);
    }

    static Problem conflict(String code, String detail) {
        return of(409, code, "Already decided", detail);
    }

    static Problem unprocessable(String code, String detail) {
        return of(UNPROCESSABLE, code, "Not acceptable", detail);
    }

    static Problem invalidConfig(String detail, List<String> problems) {
        Problem problem = unprocessable("CONFIG_INVALID", detail);
        return new Problem(
                problem.type,
                problem.title,
                problem.status,
                problem.detail,
                problem.code,
                Optional.empty(),
                Optional.of(List.copyOf(problems)));
    }

    static Problem invalidQuery(String detail) {
        return of(400, "QUERY_INVALID", "Invalid query", detail);
    }

    static Problem malformedBody(String detail) {
        return of(400, "BODY_MALFORMED", "Malformed body", detail);
    }

    static Problem bodyTooLarge(int max) {
        return of(413, "BODY_TOO_LARGE", "Body too large", "a body may have " + max + " bytes");
    }

    static Problem wrongMediaType() {
        return of(415, "MEDIA_TYPE_UNSUPPORTED", "Unsupported media type", "send 'Content-Type: application/json'");
    }

    static Problem unauthorized(String detail) {
        return of(401, "API_KEY_REQUIRED", "API key required", detail);
    }

    static Problem signedOut() {
        return of(401, "CONSOLE_SIGNED_OUT", "Signed out", "nobody is signed in with this browser; sign in again");
    }

    static Problem crossSite() {
        return of(
                403,
                "CROSS_SITE_REFUSED",
                "Not from the console",
                "a console session is good for pages of this gateway only; programs use an API key");
    }

    static Problem csrf(String header) {
        return of(
                403,
                "CSRF_TOKEN_REQUIRED",
                "Not from the console",
                "send the 'csrf' of GET /console/session as " + header + "; programs use an API key");
    }

    static Problem tooManyGuesses(long retrySeconds) {
        return of(
                429,
                "RATE_LIMITED",
                "Too many wrong API keys",
                "this address gave too many wrong API keys; try again in " + retrySeconds + " seconds");
    }

    static Problem keyScope(KeyScope held, KeyScope needed) {
        return of(
                403,
                "KEY_SCOPE_INSUFFICIENT",
                "Not allowed with this API key",
                "the API key is good for '" + held.label() + "'; this call needs one that is good for '"
                        + needed.label() + "'");
    }

    static Problem unavailable() {
        return of(503, "UNAVAILABLE", "Temporarily unavailable", "the device database cannot answer; try again later");
    }

    static Problem unexpected(String incidentId) {
        Problem problem = of(
                500, "INTERNAL_ERROR", "Internal error", "the gateway failed; its log tells more about this incident");
        return new Problem(
                problem.type,
                problem.title,
                problem.status,
                problem.detail,
                problem.code,
                Optional.of(incidentId),
                Optional.empty());
    }

    /** What the JAX-RS implementation refused by itself, such as a path that does not exist. */
    static Problem ofStatus(Response.StatusType status) {
        String phrase = status.getReasonPhrase();
        return new Problem(
                "about:blank",
                phrase,
                status.getStatusCode(),
                phrase.toLowerCase(Locale.ROOT),
                "HTTP_" + status.getStatusCode(),
                Optional.empty(),
                Optional.empty());
    }

    Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }
}
