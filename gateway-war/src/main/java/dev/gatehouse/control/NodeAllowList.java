package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.protocol.NodeDeclaration;
import dev.gatehouse.spi.Client;

/**
 * What nodes may offer: what is usual on their platform, and what the operator's config adds or takes away. Safe for
 * concurrent use.
 */
public final class NodeAllowList {

    private static final int LOGGED_MAX = 20;
    private static final System.Logger LOG = System.getLogger(NodeAllowList.class.getName());

    /** A capability is no use without one of its commands. */
    private static final Map<String, Set<String>> COMMANDS_OF = Map.of(
            "camera", Set.of("camera.list", "camera.ptz.status", "camera.snap", "camera.clip", "camera.ptz.control"),
            "computer", Set.of("computer.act"),
            "location", Set.of("location.get"),
            "screen", Set.of("screen.snapshot", "desktop.stream", "screen.record"));

    private final Supplier<NodeSettings> settings;

    /**
     * The list of a gateway.
     *
     * @param settings asked each time, for they may change
     */
    public NodeAllowList(Supplier<NodeSettings> settings) {
        this.settings = settings;
    }

    /** Whether nodes of a client's platform may offer a command, as the config stands now. */
    boolean permits(Client client, String command) {
        NodeSettings now = settings.get();
        return !NodeCommands.isPrivate(command)
                && !now.deniedCommands().contains(command)
                && (now.allowedCommands().contains(command)
                        || NodePlatform.of(client).offers(command, client));
    }

    boolean isDenied(String command) {
        return settings.get().deniedCommands().contains(command);
    }

    /** What a node declares, without what it may not offer; that is logged, and withheld from everybody. */
    NodeSurface admit(String nodeId, Client client, NodeDeclaration said) {
        List<String> commands =
                said.commands().stream().map(String::strip).distinct().toList();
        List<String> admitted =
                commands.stream().filter(command -> permits(client, command)).toList();
        List<String> withheld =
                commands.stream().filter(command -> !admitted.contains(command)).toList();
        List<String> capabilities = said.capabilities().stream()
                .map(String::strip)
                .distinct()
                .filter(capability -> isOfUse(capability, admitted, withheld))
                .toList();
        NodeSurface surface = NodeSurface.of(capabilities, admitted, said.permissions());
        logWithheld(nodeId, client, withheld);
        logOddNames(nodeId, capabilities, said.permissions().keySet(), surface);
        return surface;
    }

    private static boolean isOfUse(String capability, List<String> admitted, List<String> withheld) {
        Set<String> commands = COMMANDS_OF.getOrDefault(capability, Set.of());
        return withheld.stream().noneMatch(commands::contains)
                || admitted.stream().anyMatch(commands::contains);
    }

    private static void logWithheld(String nodeId, Client client, List<String> withheld) {
        if (!withheld.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "node {0} of platform {1}: {2} commands withheld ({3}); list those that are wanted in"
                            + " nodes.allowed-commands",
                    nodeId,
                    NodePlatform.of(client).wireName(),
                    withheld.size(),
                    listed(withheld));
        }
    }

    private static void logOddNames(
            String nodeId, List<String> capabilities, Set<String> permissions, NodeSurface surface) {
        int dropped = capabilities.size()
                - surface.capabilities().size()
                + permissions.size()
                - surface.permissions().size();
        if (dropped > 0) {
            LOG.log(
                    Level.WARNING,
                    "node {0}: {1} capabilities and permissions withheld, whose names are malformed or too many",
                    nodeId,
                    dropped);
        }
    }

    /** The beginning of a list of names; a node may send anything as a name. */
    private static String listed(Collection<String> names) {
        Stream<String> shown =
                names.stream().limit(LOGGED_MAX).map(name -> NodeSurface.isName(name) ? name : "(malformed)");
        return String.join(", ", shown.toList()) + (names.size() > LOGGED_MAX ? ", ..." : "");
    }
}
