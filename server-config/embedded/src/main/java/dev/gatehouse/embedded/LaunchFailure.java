package dev.gatehouse.embedded;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/** The gateway cannot be started; the message is one sentence for whoever typed the command. */
final class LaunchFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    LaunchFailure(String message) {
        this(message, null);
    }

    LaunchFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
