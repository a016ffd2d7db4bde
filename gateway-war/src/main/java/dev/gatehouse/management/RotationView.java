package dev.gatehouse.management;

import java.util.List;

import dev.gatehouse.device.RotatedToken;

/** A rotation as the API shows it. The new token is not in it: only its device gets to see that, in its next hello. */
record RotationView(String deviceId, String role, List<String> scopes, String rotatedAt, String oldValidUntil) {

    static RotationView of(RotatedToken rotated) {
        return new RotationView(
                rotated.deviceId(),
                rotated.role().wireName(),
                rotated.scopes().asList(),
                rotated.rotatedAt().toString(),
                rotated.oldValidUntil().toString());
    }
}
