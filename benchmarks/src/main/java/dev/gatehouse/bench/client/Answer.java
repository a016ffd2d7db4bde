package dev.gatehouse.bench.client;

import java.util.Optional;

/** What the gateway said to a connect frame. */
public sealed interface Answer {

    /** A short text that is the same for answers of the same kind, fit for counting. */
    String kind();

    /** The hello; the device token is there when the gateway delivers one. */
    record Admitted(Optional<String> deviceToken) implements Answer {
        @Override
        public String kind() {
            return "admitted";
        }

        @Override
        public String toString() {
            return kind(); // the token is a secret
        }
    }

    /** The error frame and the code of the close frame after it. */
    record Refused(String code, String message, Optional<String> requestId, int closeCode) implements Answer {
        @Override
        public String kind() {
            return "refused " + code + " " + closeCode;
        }
    }
}
