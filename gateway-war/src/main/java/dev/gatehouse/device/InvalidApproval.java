package dev.gatehouse.device;

import java.util.List;

import dev.gatehouse.spi.Scopes;

/** An approval grants what the device did not ask for. */
public final class InvalidApproval extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidApproval(List<String> offending, Scopes requested) {
        super("scopes " + quoted(offending) + " are not among what the device asks for; allowed are "
                + quoted(requested.asList()) + " and what they imply");
    }

    private static String quoted(List<String> scopes) {
        return scopes.isEmpty() ? "none" : "'" + String.join("', '", scopes) + "'";
    }
}
