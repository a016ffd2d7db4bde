package dev.gatehouse.bench.client;

import java.io.IOException;

/** Says that the gateway gave neither a hello nor a refusal; the message is the kind of failure, fit for counting. */
public final class HandshakeFailed extends IOException {

    private static final long serialVersionUID = 1L;

    HandshakeFailed(String kind) {
        super(kind);
    }
}
