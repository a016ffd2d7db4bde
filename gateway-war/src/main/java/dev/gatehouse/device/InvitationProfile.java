package dev.gatehouse.device;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * What the device that redeems an invitation is approved for (wire reference 7.8). A closed set: nobody can invite with
 * scopes of his own making.
 */
public enum InvitationProfile {
    /** An app that is a node and an operator who uses the gateway, but does not manage it. */
    LIMITED("limited", Access.LIMITED, Map.of(Role.NODE, Scopes.none(), Role.OPERATOR, Handover.USER)),
    /** An app that is a node and an operator who manages the gateway as well. */
    FULL("full", Access.FULL, Map.of(Role.NODE, Scopes.none(), Role.OPERATOR, Handover.USER_AND_ADMIN)),
    /** A node host, which is never an operator. */
    NODE("node", Access.NODE, Map.of(Role.NODE, Scopes.none())),
    /** A node that speaks, and may listen to the answers. */
    VOICE_NODE("voice-node", Access.LIMITED, Map.of(Role.NODE, Scopes.none(), Role.OPERATOR, Handover.VOICE)),
    /** A browser whose operator uses the gateway. */
    CONTROL_UI("control-ui", Access.LIMITED, Map.of(Role.OPERATOR, Handover.USER)),
    /** A browser whose operator manages the gateway and its devices. */
    CONTROL_UI_OWNER("control-ui-owner", Access.FULL, Map.of(Role.OPERATOR, Handover.OWNER));

    /** How much a profile gives, in the words of wire reference 8.2. */
    public enum Access {
        /** Everything. */
        FULL,
        /** What a user of the gateway needs. */
        LIMITED,
        /** No operator scope at all. */
        NODE;

        /** The name on the wire. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Apart, because the constants of an enum cannot use its own static fields. */
    private static final class Handover {
        static final Scopes USER = Scopes.of(
                "operator.approvals", "operator.questions", "operator.read", "operator.talk.secrets", "operator.write");
        static final Scopes USER_AND_ADMIN = Scopes.of(Scopes.ADMIN).plus(USER);
        static final Scopes OWNER = USER_AND_ADMIN.plus(Scopes.of("operator.pairing"));
        static final Scopes VOICE = Scopes.of("operator.read", "operator.talk");
    }

    private final String label;
    private final Access access;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of its own that nobody changes
    private final Map<Role, Scopes> grants;

    InvitationProfile(String label, Access access, Map<Role, Scopes> grants) {
        this.label = label;
        this.access = access;
        this.grants = new EnumMap<>(grants);
    }

    /**
     * Finds a profile.
     *
     * @param label its name on the wire
     * @return the profile, or empty when there is none of that name
     */
    public static Optional<InvitationProfile> parse(String label) {
        return Arrays.stream(values())
                .filter(profile -> profile.label.equals(label))
                .findFirst();
    }

    /** Every name, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(InvitationProfile::label).collect(Collectors.joining(", "));
    }

    /** The name on the wire. */
    public String label() {
        return label;
    }

    /** How much it gives. */
    public Access access() {
        return access;
    }

    /** The roles that the device is approved for, in the order of {@link Role}. */
    public List<Role> roles() {
        return List.copyOf(grants.keySet());
    }

    /**
     * What the device may have in a role.
     *
     * @return the scopes, or empty when the profile does not give the role
     */
    public Optional<Scopes> scopes(Role role) {
        return Optional.ofNullable(grants.get(role));
    }

    /** Whether it lets its device manage the gateway, which must not go over the network in plain text. */
    public boolean isPowerful() {
        return scopes(Role.OPERATOR).filter(given -> given.covers(Scopes.ADMIN)).isPresent();
    }
}
