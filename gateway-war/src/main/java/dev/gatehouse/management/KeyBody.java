package dev.gatehouse.management;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.device.KeyScope;

/**
 * The API key that an operator wants.
 *
 * @param label what it is for
 * @param scope what it is to be good for: read, approve, manage or admin
 * @param ttl how long it is to be good, such as {@code 90d}; absent for ever
 */
record KeyBody(Optional<String> label, Optional<String> scope, Optional<String> ttl) {

    String requiredLabel() {
        return label.orElseThrow(() -> invalid("give a label: 1 to 64 characters"));
    }

    KeyScope requiredScope() {
        return scope.flatMap(KeyScope::parse)
                .orElseThrow(() -> invalid("scope must be read, approve, manage or admin"));
    }

    Optional<Duration> life() {
        return ttl.map(text -> Life.parse(text)
                .orElseThrow(() -> invalid("ttl must be a number of hours or days such as 12h or 90d, 9999 at most")));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.unprocessable("KEY_INVALID", detail));
    }
}
