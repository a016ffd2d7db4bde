package dev.gatehouse.device;

import java.util.List;
import java.util.stream.Collectors;

/** A device was named where it has several pairing requests waiting, so that one of them must be named instead. */
public final class AmbiguousDevice extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AmbiguousDevice(String deviceId, List<PairingRequestEntity> waiting) {
        super("device '" + deviceId + "' has several pairing requests: "
                + waiting.stream()
                        .map(request -> "'" + request.requestId() + "' ("
                                + request.role().wireName() + ")")
                        .collect(Collectors.joining(", "))
                + "; name one of them");
    }
}
