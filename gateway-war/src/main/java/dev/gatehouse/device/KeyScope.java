package dev.gatehouse.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API key is good for. Each scope includes those before it. */
public enum KeyScope {
    /** Reads everything that the API shows. */
    READ,
    /** Also answers pairing requests and the requests of nodes. */
    APPROVE,
    /** Also changes and removes devices, tokens, nodes and invitations, and terminates sessions. */
    MANAGE,
    /** Also makes and ends API keys, and puts config in force. */
    ADMIN;

    /**
     * Whether whoever has this may do what needs another.
     *
     * @param needed what a call needs
     */
    public boolean covers(KeyScope needed) {
        return compareTo(needed) >= 0;
    }

    /** The name in the API and in commands. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of this name. */
    public static Optional<KeyScope> parse(String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label().equals(label))
                .findFirst();
    }
}
