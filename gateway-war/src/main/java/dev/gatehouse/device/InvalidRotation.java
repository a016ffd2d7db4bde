package dev.gatehouse.device;

import dev.gatehouse.spi.Scopes;

/** A rotation would make a token that carries more than its device was granted. */
public final class InvalidRotation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRotation(Scopes asked, Scopes granted) {
        super("a token with scopes " + asked + " exceeds what the device was granted, " + granted
                + "; name fewer scopes, or none to keep those of the token");
    }
}
