package dev.gatehouse.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An immutable set of scopes, in the order in which they were given, with the implications of wire reference 2.4.
 *
 * @since 0.1
 */
public final class Scopes {

    /** The scope that covers every other operator scope. */
    public static final String ADMIN = "operator.admin";

    private static final String OPERATOR_PREFIX = "operator.";
    private static final String READ = "operator.read";
    private static final String WRITE = "operator.write";
    private static final String SESSIONS_READ = "operator.sessions.read";
    private static final String SESSIONS_WRITE = "operator.sessions.write";
    private static final Set<String> COVERED_BY_WRITE = Set.of(READ, "operator.talk", SESSIONS_READ, SESSIONS_WRITE);
    private static final Scopes NONE = new Scopes(Set.of());

    private final Set<String> names;

    private Scopes(Set<String> names) {
        this.names = names;
    }

    /**
     * No scope at all.
     *
     * @return the empty set
     */
    public static Scopes none() {
        return NONE;
    }

    /**
     * The set of these scopes.
     *
     * @param names scope names, trimmed of white space; blank ones and repeats are dropped
     * @return the set
     */
    public static Scopes of(String... names) {
        return of(List.of(names));
    }

    /**
     * The set of these scopes.
     *
     * @param names scope names, trimmed of white space; blank ones and repeats are dropped
     * @return the set
     */
    public static Scopes of(Collection<String> names) {
        Set<String> kept = new LinkedHashSet<>();
        for (String name : names) {
            String trimmed = name.trim();
            if (!trimmed.isEmpty()) {
                kept.add(trimmed);
            }
        }
        return kept.isEmpty() ? NONE : new Scopes(Collections.unmodifiableSet(kept));
    }

    /**
     * Whether holding this set suffices for one scope.
     *
     * @param scope the scope asked for
     * @return true when it is in the set, or implied by one that is
     */
    public boolean covers(String scope) {
        if (names.contains(scope)) {
            return true;
        }
        if (!scope.startsWith(OPERATOR_PREFIX)) {
            return false;
        }
        return names.contains(ADMIN)
                || (names.contains(WRITE) && COVERED_BY_WRITE.contains(scope))
                || (scope.equals(SESSIONS_READ) && (names.contains(READ) || names.contains(SESSIONS_WRITE)));
    }

    /**
     * Whether holding this set suffices for every scope of another.
     *
     * @param others the scopes asked for
     * @return true when each is covered; always true for none
     */
    public boolean covers(Scopes others) {
        return others.names.stream().allMatch(this::covers);
    }

    /**
     * The scopes of this set that a ceiling covers.
     *
     * @param ceiling what may not be exceeded
     * @return a subset of this set, in its order
     */
    public Scopes cutTo(Scopes ceiling) {
        return of(names.stream().filter(ceiling::covers).toList());
    }

    /**
     * This set and another together.
     *
     * @param others the scopes to add, after those of this set
     * @return the union
     */
    public Scopes plus(Scopes others) {
        List<String> all = new ArrayList<>(names);
        all.addAll(others.names);
        return of(all);
    }

    /**
     * The form in which approved scopes are kept: sorted, with {@code admin} bringing {@code read} and {@code write},
     * and {@code write} bringing {@code read} (wire reference 2.4).
     *
     * @return the normalised set
     */
    public Scopes normalised() {
        Set<String> sorted = new TreeSet<>(names);
        if (sorted.contains(ADMIN)) {
            sorted.add(WRITE);
        }
        if (sorted.contains(WRITE)) {
            sorted.add(READ);
        }
        return of(sorted);
    }

    /**
     * Whether the set is empty.
     *
     * @return true when it holds no scope
     */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * The scopes in their order.
     *
     * @return an immutable list
     */
    public List<String> asList() {
        return List.copyOf(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scopes that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
