package dev.gatehouse.control;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * Answers the calls of admitted clients.
 *
 * <p>A call is authorised, then its parameters are read, then it is carried out; whatever goes wrong becomes an error for
 * the client. Safe for concurrent use; an answer may take as long as the database does.
 */
public final class ControlPlane {

    private static final int INCIDENT_BYTES = 5;

    private final Map<String, Method<?>> methods = new LinkedHashMap<>();
    private final SecureRandom random;
    private final CallListener listener;

    ControlPlane(List<Method<?>> served, SecureRandom random) {
        this(served, random, CallListener.NONE);
    }

    private ControlPlane(List<Method<?>> served, SecureRandom random, CallListener listener) {
        this.random = random;
        this.listener = listener;
        for (Method<?> method : served) {
            if (methods.put(method.name(), method) != null) {
                throw new IllegalArgumentException("method '" + method.name() + "' is there twice");
            }
        }
    }

    /**
     * Answers the calls of these methods.
     *
     * @param random names incidents
     * @param tables every method of the gateway
     */
    public static ControlPlane of(SecureRandom random, MethodTable... tables) {
        return new ControlPlane(
                Stream.of(tables).flatMap(table -> table.table().stream()).toList(), random);
    }

    /** Answers the same calls, and lets somebody hear how each ends. */
    public ControlPlane heardBy(CallListener other) {
        return new ControlPlane(List.copyOf(methods.values()), random, other);
    }

    /** The methods that hello lists. */
    public List<String> advertised() {
        return methods.values().stream()
                .filter(Method::isAdvertised)
                .map(Method::name)
                .sorted()
                .toList();
    }

    /** Answers one call; never throws. */
    public Answer answer(Caller caller, Call call) {
        Method<?> method = methods.get(call.method());
        if (method == null) {
            return heard(CallListener.UNKNOWN_METHOD, new Answer.Failure(unserved(caller, call.method())));
        }
        return heard(method.name(), answer(caller, call, method));
    }

    private Answer answer(Caller caller, Call call, Method<?> method) {
        Optional<WireError> objection = method.objection(caller);
        if (objection.isPresent()) {
            return new Answer.Failure(objection.get());
        }
        try {
            Answer answer = method.answer(caller, call);
            return answer instanceof Answer.Later later ? new Answer.Later(settled(later.answer(), call)) : answer;
        } catch (RuntimeException e) {
            return failure(e, call);
        }
    }

    private Answer heard(String method, Answer answer) {
        if (answer instanceof Answer.Later later) {
            var unused = later.answer()
                    .whenComplete((given, thrown) -> listener.answered(
                            method, given == null ? CallListener.Outcome.ABANDONED : CallListener.Outcome.of(given)));
            return answer;
        }
        listener.answered(method, CallListener.Outcome.of(answer));
        return answer;
    }

    /** What goes wrong later becomes an error for the client as well. */
    private CompletableFuture<Answer> settled(CompletableFuture<Answer> answer, Call call) {
        CompletableFuture<Answer> settled =
                answer.handle((given, thrown) -> thrown == null ? given : failure(cause(thrown), call));
        var unused = settled.whenComplete((given, thrown) -> {
            if (settled.isCancelled()) {
                answer.cancel(false);
            }
        });
        return settled;
    }

    private Answer failure(RuntimeException thrown, Call call) {
        return new Answer.Failure(CallErrors.of(thrown, call.method(), this::newIncident));
    }

    private static RuntimeException cause(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** A method that nobody classified needs the admin scope, so only its holder learns that it does not exist. */
    private static WireError unserved(Caller caller, String method) {
        if (method.equals("connect")) {
            return WireError.invalidRequest("connect is only valid as the first request");
        }
        if (caller.role() == Role.NODE || caller.scopes().covers(Scopes.ADMIN)) {
            return WireError.invalidRequest("unknown method: " + method);
        }
        return WireError.missingScope(Scopes.ADMIN);
    }

    private String newIncident() {
        byte[] bytes = new byte[INCIDENT_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
