package dev.gatehouse.spi;

import java.util.Optional;

/**
 * What a client connects as (wire reference 2.2).
 *
 * @since 0.1
 */
public enum Role {
    /** A person or tool that manages the gateway or talks to its agents. */
    OPERATOR("operator"),
    /** A host that offers capabilities to operators. */
    NODE("node");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The role's name on the wire.
     *
     * @return {@code operator} or {@code node}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the role of a wire name.
     *
     * @param wireName the name as a client sent it
     * @return the role, or empty when there is none of that name
     */
    public static Optional<Role> parse(String wireName) {
        for (Role role : values()) {
            if (role.wireName.equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
