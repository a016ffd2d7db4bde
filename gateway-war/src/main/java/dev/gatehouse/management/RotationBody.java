package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Scopes;

/**
 * What an operator may say when rotating a device token.
 *
 * @param scopes what the new token carries; absent for what the old one carries
 */
record RotationBody(Optional<List<String>> scopes) {

    static RotationBody ofNothing() {
        return new RotationBody(Optional.empty());
    }

    Optional<Scopes> carried() {
        return scopes.map(Scopes::of);
    }
}
