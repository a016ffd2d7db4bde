package dev.gatehouse.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says that it can do as a node (wire reference 2.2). Its shape is checked and its size is bounded by the
 * frame; nothing that it says is believed.
 *
 * @param capabilities kinds of things that it can do, as sent
 * @param commands what can be invoked on it, as sent
 * @param permissions what its operating system lets it do, as sent
 * @param modelIdentifier the model of its hardware
 * @param coreVersion the version of its core, if that has one of its own
 * @param uiVersion the version of its user interface, if that has one of its own
 * @param pathEnv where its commands are looked for
 */
public record NodeDeclaration(
        List<String> capabilities,
        List<String> commands,
        Map<String, Boolean> permissions,
        Optional<String> modelIdentifier,
        Optional<String> coreVersion,
        Optional<String> uiVersion,
        Optional<String> pathEnv) {

    /** Says nothing. */
    public static final NodeDeclaration NONE = new NodeDeclaration(
            List.of(), List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public NodeDeclaration {
        capabilities = List.copyOf(capabilities);
        commands = List.copyOf(commands);
        permissions = Map.copyOf(permissions);
    }
}
