package dev.gatehouse.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/** Answers the requests of an admitted client that need no method registry (wire reference 1.6 and 8.1). */
public final class Answers {

    private static final String HEALTH = "health";

    private Answers() {}

    /** The answer frame for a request of a session with this role and these scopes. */
    public static String to(RequestFrame request, Role role, Scopes scopes) {
        if (request.method().equals(HEALTH)) {
            return Frames.ok(request.id(), Map.of("ok", true));
        }
        return Frames.error(request.id(), refused(request, role, scopes));
    }

    /** A method that nobody classified needs the admin scope, so only its holder learns that it does not exist. */
    private static WireError refused(RequestFrame request, Role role, Scopes scopes) {
        if (request.isConnect()) {
            return WireError.invalidRequest("connect is only valid as the first request");
        }
        if (role == Role.NODE || scopes.covers(Scopes.ADMIN)) {
            return WireError.invalidRequest("unknown method: " + request.method());
        }
        return missingScope(Scopes.ADMIN);
    }

    private static WireError missingScope(String scope) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", "MISSING_SCOPE");
        details.put("missingScope", scope);
        details.put("requiredScopes", List.of(scope));
        return new WireError(WireError.FORBIDDEN, "missing scope: " + scope, details, Optional.empty());
    }
}
