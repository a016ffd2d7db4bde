package dev.gatehouse.webhook;

import java.net.URI;

/** Where a webhook may be sent. */
enum AllowedAddresses {
    /** Over TLS into the Internet: the default. */
    PUBLIC("public"),
    /** Over TLS, when private addresses are allowed. */
    PUBLIC_OR_PRIVATE("public or private"),
    /** In the clear, when private addresses are allowed. */
    PRIVATE("private");

    private final String label;

    AllowedAddresses(String label) {
        this.label = label;
    }

    static AllowedAddresses of(URI url, boolean privateToo) {
        if (url.getScheme().equals("http")) {
            return PRIVATE;
        }
        return privateToo ? PUBLIC_OR_PRIVATE : PUBLIC;
    }

    boolean include(AddressKind kind) {
        return switch (kind) {
            case PUBLIC -> this != PRIVATE;
            case PRIVATE -> this != PUBLIC;
            case UNUSABLE -> false;
        };
    }

    /** Which these are, for people. */
    String label() {
        return label;
    }
}
