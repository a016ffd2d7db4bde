package dev.gatehouse.device;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gatehouse.spi.Scopes;

/**
 * What a node can be used for (wire reference 7.9). Names have 1 to {@value #NAME_MAX} characters of {@code A-Z a-z 0-9 . _
 * : / -}, the first of them a letter or a digit; each part is sorted and bounded.
 *
 * @param capabilities kinds of things that it can do; {@value #CAPABILITIES_MAX} at most
 * @param commands what can be invoked on it; {@value #COMMANDS_MAX} at most
 * @param permissions what its operating system lets it do; {@value #PERMISSIONS_MAX} at most
 */
public record NodeSurface(
        NavigableSet<String> capabilities, NavigableSet<String> commands, NavigableMap<String, Boolean> permissions) {

    static final int NAME_MAX = 96;
    static final int CAPABILITIES_MAX = 64;
    static final int COMMANDS_MAX = 128;
    static final int PERMISSIONS_MAX = 64;

    /** Nothing at all. */
    public static final NodeSurface NONE = new NodeSurface(
            Collections.emptyNavigableSet(), Collections.emptyNavigableSet(), Collections.emptyNavigableMap());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0," + (NAME_MAX - 1) + "}");

    private static final String PAIRING = "operator.pairing";
    private static final String WRITE = "operator.write";

    /** Commands that reach so far into the node's machine that only an admin approves them. */
    private static final Set<String> ADMIN_COMMANDS = Set.of(
            "system.run",
            "system.run.prepare",
            "system.which",
            "system.execApprovals.get",
            "system.execApprovals.set",
            "browser.proxy",
            "browser.proxy.upload.v1",
            "fs.listDir",
            "terminal.upload");

    /** Copies the parts, unmodifiable and in their natural order. */
    public NodeSurface {
        capabilities = checked(capabilities, CAPABILITIES_MAX);
        commands = checked(commands, COMMANDS_MAX);
        checked(permissions.keySet(), PERMISSIONS_MAX);
        permissions = Collections.unmodifiableNavigableMap(new TreeMap<>(permissions));
    }

    /**
     * A surface of names that a node sent; what is no name is left out, and so is what exceeds the bounds.
     *
     * @param capabilities any texts
     * @param commands any texts
     * @param permissions any texts, and whether they are granted
     * @return the surface
     */
    public static NodeSurface of(
            Collection<String> capabilities, Collection<String> commands, Map<String, Boolean> permissions) {
        NavigableMap<String, Boolean> kept = new TreeMap<>();
        names(permissions.keySet(), PERMISSIONS_MAX)
                .forEach(name -> kept.put(name, permissions.getOrDefault(name, false)));
        return new NodeSurface(names(capabilities, CAPABILITIES_MAX), names(commands, COMMANDS_MAX), kept);
    }

    /**
     * Whether a text can be the name of a capability, a command or a permission.
     *
     * @param text any text
     * @return true when it can
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Whether an approval of this surface suffices for another. A permission that is not granted needs no approval.
     *
     * @param declared what a node declares
     * @return true when nothing in it goes beyond this surface
     */
    public boolean covers(NodeSurface declared) {
        return capabilities.containsAll(declared.capabilities)
                && commands.containsAll(declared.commands)
                && declared.granted().allMatch(this::grants);
    }

    /**
     * What of this surface is in force under an approval.
     *
     * @param approved what was approved
     * @return what is in both; a permission is granted when both grant it
     */
    public NodeSurface cutTo(NodeSurface approved) {
        NavigableMap<String, Boolean> kept = new TreeMap<>();
        permissions.forEach((name, isGranted) -> {
            if (!isGranted || approved.permissions.containsKey(name)) {
                kept.put(name, isGranted && approved.grants(name));
            }
        });
        return new NodeSurface(
                kept(capabilities, approved.capabilities::contains), kept(commands, approved.commands::contains), kept);
    }

    /**
     * Both surfaces together, this one first where that exceeds the bounds.
     *
     * @param other what is added
     * @return the union; a permission is granted when one of both grants it
     */
    public NodeSurface plus(NodeSurface other) {
        NavigableMap<String, Boolean> both = new TreeMap<>(permissions);
        other.permissions.forEach((name, isGranted) -> {
            if (both.containsKey(name) || both.size() < PERMISSIONS_MAX) {
                both.merge(name, isGranted, Boolean::logicalOr);
            }
        });
        return new NodeSurface(
                union(capabilities, other.capabilities, CAPABILITIES_MAX),
                union(commands, other.commands, COMMANDS_MAX),
                both);
    }

    /**
     * What an operator must hold to approve this surface (wire reference 7.9).
     *
     * @return the scopes, {@code operator.pairing} first
     */
    public Scopes requiredApproveScopes() {
        if (commands.stream().anyMatch(ADMIN_COMMANDS::contains)) {
            return Scopes.of(PAIRING, Scopes.ADMIN);
        }
        return commands.isEmpty() ? Scopes.of(PAIRING) : Scopes.of(PAIRING, WRITE);
    }

    private boolean grants(String permission) {
        return Boolean.TRUE.equals(permissions.get(permission));
    }

    private Stream<String> granted() {
        return permissions.keySet().stream().filter(this::grants);
    }

    private static NavigableSet<String> names(Collection<String> texts, int max) {
        NavigableSet<String> names = new TreeSet<>();
        texts.stream().filter(NodeSurface::isName).forEach(names::add);
        return union(Collections.emptyNavigableSet(), names, max);
    }

    private static NavigableSet<String> union(NavigableSet<String> first, NavigableSet<String> then, int max) {
        NavigableSet<String> both = new TreeSet<>(first);
        for (String name : then) {
            if (both.size() == max) {
                break;
            }
            both.add(name);
        }
        return both;
    }

    private static NavigableSet<String> kept(NavigableSet<String> names, Predicate<String> isKept) {
        NavigableSet<String> kept = new TreeSet<>(names);
        kept.removeIf(isKept.negate());
        return kept;
    }

    private static NavigableSet<String> checked(Collection<String> names, int max) {
        List<String> wrong = names.stream().filter(name -> !isName(name)).toList();
        if (!wrong.isEmpty() || names.size() > max) {
            throw new IllegalArgumentException("a surface has at most " + max + " names, not " + names.size() + ", "
                    + wrong.size() + " of them none");
        }
        return Collections.unmodifiableNavigableSet(new TreeSet<>(names));
    }
}
