package dev.gatehouse.control;

import java.util.Optional;
import java.util.Set;

import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.Scopes;

/** The commands that are not simply passed on to whichever node offers them (wire reference 8.3). */
final class NodeCommands {

    static final String SYSTEM_RUN = "system.run";

    /** By these a gateway that runs agents controls a node; nobody else invokes them. */
    private static final Set<String> PRIVATE = Set.of(
            "worker.bundle.install.v1",
            "worker.launch.v1",
            "worker.status.v1",
            "worker.cancel.v1",
            "worker.environment.stop.v1",
            "worker.workspace.exec.v1",
            "worker.workspace.prepare.v1",
            "worker.workspace.retain.v1",
            "worker.desktop.stream.v1",
            "worker.desktop.launch.v1",
            "worker.desktop.computer.v1",
            "worker.portal.stream.v1");

    private static final Set<String> EXEC_APPROVALS = Set.of("system.execApprovals.get", "system.execApprovals.set");
    private static final String AGENT_RUN = "agent.cli.claude.run.v1";

    /** These cross into the node's machine further than the scope to write reaches. */
    private static final Set<String> FOR_ADMINS =
            Set.of("browser.proxy", "browser.proxy.upload.v1", "fs.listDir", "terminal.upload");

    private NodeCommands() {}

    static boolean isPrivate(String command) {
        return PRIVATE.contains(command);
    }

    /** Why a caller must not invoke a command, whatever the node offers. */
    static Optional<WireError> objection(Caller caller, String command) {
        if (isPrivate(command)) {
            return refused(command, "node.invoke does not allow private node controls");
        }
        if (EXEC_APPROVALS.contains(command)) {
            return refused(command, "node.invoke does not allow system.execApprovals.*; use exec.approvals.node.*");
        }
        if (command.equals(AGENT_RUN)) {
            return refused(command, "node.invoke does not allow Claude agent runs; use sessions.catalog.continue");
        }
        return FOR_ADMINS.contains(command) && !caller.scopes().covers(Scopes.ADMIN)
                ? Optional.of(WireError.missingScope(Scopes.ADMIN))
                : Optional.empty();
    }

    private static Optional<WireError> refused(String command, String message) {
        return Optional.of(WireError.invalidRequest(message).withDetail("command", command));
    }
}
