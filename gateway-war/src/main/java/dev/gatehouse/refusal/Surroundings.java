package dev.gatehouse.refusal;

import java.util.List;

/** What a remedy depends on besides the connection: the config as it is now. Implementations are safe for concurrent use. */
public interface Surroundings {

    /** The origins that pages may have, as configured. */
    List<String> allowedOrigins();

    /** Where the shared secret is kept: {@code file:PATH} or {@code env:NAME}. */
    String sharedSecret();
}
