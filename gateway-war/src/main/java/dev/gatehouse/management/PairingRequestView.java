package dev.gatehouse.management;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.spi.PairingDesk;

/** A pairing request as the API shows it. */
record PairingRequestView(
        String requestId,
        String code,
        String state,
        String deviceId,
        String role,
        List<String> scopes,
        String reason,
        Optional<String> displayName,
        String platform,
        Optional<String> deviceFamily,
        String clientId,
        String clientMode,
        String clientVersion,
        String peer,
        boolean local,
        String createdAt,
        String refreshedAt,
        Optional<String> resolvedAt) {

    static PairingRequestView of(PairingRequest request) {
        ClientFacts client = request.client();
        return new PairingRequestView(
                request.requestId(),
                request.code(),
                request.state().label(),
                request.deviceId(),
                request.role().wireName(),
                request.scopes().asList(),
                reason(request.need()),
                client.displayName(),
                client.platform(),
                client.deviceFamily(),
                client.id(),
                client.mode(),
                client.version(),
                request.peer(),
                request.isLocal(),
                request.createdAt().toString(),
                request.refreshedAt().toString(),
                request.resolvedAt().map(Instant::toString));
    }

    /** The need as the wire names it, such as {@code scope-upgrade}. */
    private static String reason(PairingDesk.Need need) {
        return need.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
