package dev.gatehouse.control;

import java.util.List;

import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.spi.Setting;

/**
 * What the operator says about what nodes may offer, beyond what is usual on their platform.
 *
 * @param allowedCommands commands that a node of any platform may offer as well
 * @param deniedCommands commands that no node may offer, whatever its platform and whatever is allowed
 */
public record NodeSettings(
        @Setting(
                about = "Commands that nodes of any platform may offer, and have approved, beyond those usual on it;"
                        + " 64 at most.")
        List<String> allowedCommands,

        @Setting(about = "Commands that no node may offer, and that are not carried out even if they were approved.")
        List<String> deniedCommands) {

    private static final int LISTED_MAX = 64;

    /** Copies the lists and checks the names in them. */
    public NodeSettings {
        allowedCommands = checked("allowed-commands", allowedCommands);
        deniedCommands = checked("denied-commands", deniedCommands);
    }

    private static List<String> checked(String key, List<String> commands) {
        if (commands.size() > LISTED_MAX) {
            throw new IllegalArgumentException(
                    key + ": lists " + commands.size() + " commands; list " + LISTED_MAX + " at most");
        }
        for (String command : commands) {
            if (!NodeSurface.isName(command)) {
                throw new IllegalArgumentException(
                        key + ": '" + command + "' is not the name of a command; write one such as camera.snap");
            }
            if (NodeCommands.isPrivate(command)) {
                throw new IllegalArgumentException(
                        key + ": '" + command + "' controls the node itself and is never offered; remove it");
            }
        }
        return List.copyOf(commands);
    }
}
