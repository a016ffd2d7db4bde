package dev.gatehouse.device;

import java.util.List;
import java.util.stream.Collectors;

/** What was named stands for several pairing requests, so that one of them must be named by its id. */
public final class AmbiguousDevice extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AmbiguousDevice(String named, List<PairingRequestEntity> waiting) {
        super("'" + named + "' stands for several pairing requests: "
                + waiting.stream()
                        .map(request -> "'" + request.requestId() + "' ("
                                + request.role().wireName() + ")")
                        .collect(Collectors.joining(", "))
                + "; name one of them");
    }
}
