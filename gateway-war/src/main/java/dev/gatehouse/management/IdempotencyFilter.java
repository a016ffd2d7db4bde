package dev.gatehouse.management;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Provider;

import dev.gatehouse.device.KeyScope;
import dev.gatehouse.idempotency.KeptAnswer;
import dev.gatehouse.idempotency.KeptAnswers;
import dev.gatehouse.idempotency.Seal;
import dev.gatehouse.idempotency.Standing;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a call with an {@code Idempotency-Key} once, and gives its answer again when it is made again
 * (draft-ietf-httpapi-idempotency-key-header; docs/adr/0041-complete-rest.md). The last filter before the call, so that what
 * others refuse is not kept. Safe for concurrent use.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.USER + 1000)
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final String SEAL = IdempotencyFilter.class.getName() + ".seal";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final Set<Integer> CHANGED_NOTHING = Set.of(401, 403, 429);
    private static final int FAILED = 500;
    private static final List<String> KEPT_HEADERS = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.LOCATION,
            HttpHeaders.CONTENT_LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.VARY);

    @Context
    ResourceInfo resource;

    @Inject
    KeptAnswers answers;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        List<String> given = request.getHeaders().get(HEADER);
        if (given == null || !changesSomething(request)) {
            return;
        }
        if (given.size() != 1 || !KEY.matcher(given.get(0)).matches()) {
            request.abortWith(IdempotencyProblem.malformed());
            return;
        }
        Seal seal = Seal.of(credential(request), given.get(0));
        byte[] body = body(request);
        if (body.length > Json.BODY_MAX) {
            request.abortWith(Problem.bodyTooLarge(Json.BODY_MAX).response().build());
            return;
        }
        String keyId = Operator.keyOf(request.getSecurityContext()).id();
        Optional<Response> known = answer(answers.begin(keyId, seal, asked(request, body)));
        known.ifPresentOrElse(request::abortWith, () -> request.setProperty(SEAL, seal));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        if (request.getProperty(SEAL) instanceof Seal seal) {
            try {
                end(seal, answer);
            } catch (TemporarilyUnavailable e) {
                // The change is made, and its caller is told so; whoever asks again is told that nobody knows.
                LOG.warn("the answer to a call with an idempotency key cannot be kept", e);
            }
        }
    }

    private void end(Seal seal, ContainerResponseContext answer) {
        if (answer.getStatus() >= FAILED) {
            answers.lose(seal);
        } else if (CHANGED_NOTHING.contains(answer.getStatus())) {
            answers.forget(seal);
        } else {
            answers.keep(seal, kept(answer));
        }
    }

    /** Whoever may only read cannot change anything, by whatever method. */
    private boolean changesSomething(ContainerRequestContext request) {
        return request.getMethod().equals(HttpMethod.POST)
                && Optional.ofNullable(resource.getResourceMethod())
                        .map(call -> call.getAnnotation(Needs.class))
                        .filter(needs -> needs.value() == KeyScope.READ)
                        .isEmpty();
    }

    private static Secret credential(ContainerRequestContext request) {
        return Authentication.bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .or(() -> Optional.ofNullable(request.getCookies().get(ConsoleSignIn.COOKIE))
                        .map(Cookie::getValue)
                        .map(Secret::of))
                .orElseThrow(() -> new IllegalStateException("a call without a credential came past the filter"));
    }

    /** The body, which is put back for whoever answers the call. */
    private static byte[] body(ContainerRequestContext request) throws IOException {
        if (!request.hasEntity()) {
            return new byte[0];
        }
        byte[] body = request.getEntityStream().readNBytes(Json.BODY_MAX + 1);
        request.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    private static byte[] asked(ContainerRequestContext request, byte[] body) {
        ByteArrayOutputStream asked = new ByteArrayOutputStream();
        for (String part : new String[] {
            request.getMethod(),
            request.getUriInfo().getRequestUri().getRawPath(),
            String.valueOf(request.getUriInfo().getRequestUri().getRawQuery()),
            String.valueOf(request.getHeaderString(HttpHeaders.ACCEPT)),
            String.valueOf(request.getHeaderString(HttpHeaders.IF_MATCH))
        }) {
            asked.writeBytes((part + "\n").getBytes(StandardCharsets.UTF_8));
        }
        asked.writeBytes(body);
        return asked.toByteArray();
    }

    /** What is answered in place of doing the call, if anything. */
    private static Optional<Response> answer(Standing standing) {
        if (standing instanceof Standing.Fresh) {
            return Optional.empty();
        }
        return Optional.of(
                standing instanceof Standing.Answered answered
                        ? again(answered.answer())
                        : IdempotencyProblem.of(standing));
    }

    private static Response again(KeptAnswer answer) {
        Response.ResponseBuilder again = Response.status(answer.status()).header(REPLAYED, "true");
        answer.headers().forEach(again::header);
        byte[] body = answer.body();
        if (body.length > 0) {
            StreamingOutput same = output -> output.write(body);
            again.entity(same);
        }
        return again.build();
    }

    private static KeptAnswer kept(ContainerResponseContext answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            Optional.ofNullable(answer.getHeaderString(name)).ifPresent(value -> headers.put(name, value));
        }
        return new KeptAnswer(answer.getStatus(), headers, written(answer.getEntity()));
    }

    /** The body as it is sent: a record, or an image. */
    private static byte[] written(@Nullable Object entity) {
        if (entity instanceof Record view) {
            return Json.bytes(view);
        }
        if (entity instanceof byte[] image) {
            return image;
        }
        return entity == null ? new byte[0] : String.valueOf(entity).getBytes(StandardCharsets.UTF_8);
    }
}
