package dev.gatehouse.offline;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.config.Home;
import dev.gatehouse.offline.openclaw.OpenClawState;
import dev.gatehouse.offline.openclaw.UnusableState;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * The commands {@code devices}, {@code keys}, {@code audit} and {@code import}: work with the gateway running or stopped, whatever its
 * chain says. What a script wants goes to the standard output, everything else to the error output.
 */
public final class OfflineCommand {

    /** It was done. */
    static final int DONE = 0;

    /** It was refused, or failed. */
    static final int FAILED = 1;

    /** The command was not understood. */
    static final int MISUSED = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * The commands of a process.
     *
     * @param environment its variables
     * @param out for results
     * @param err for everything else
     */
    public OfflineCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** What can be typed, line by line, without the options. */
    public static String help() {
        List<String> lines = new ArrayList<>();
        for (String group : List.of("devices", "keys", "audit", "import")) {
            Deed.ofGroup(group).forEach(deed -> lines.add(deed.line()));
        }
        return String.join("\n", lines);
    }

    /**
     * Whether these are commands of this package.
     *
     * @param group the first word of a command
     * @return true for {@code devices}, {@code keys}, {@code audit} and {@code import}
     */
    public static boolean knows(String group) {
        return !Deed.ofGroup(group).isEmpty();
    }

    /**
     * Runs one command.
     *
     * @param arguments its words and options
     * @return the exit code: 0 done, 1 refused or failed, 2 not understood
     */
    public int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            out.println(usage());
            return DONE;
        }
        try {
            Invocation invocation = Invocation.parse(arguments);
            return report(invocation, carryOut(invocation));
        } catch (Misuse | InvalidPathException e) {
            err.println("gatehouse: " + e.getMessage());
            err.println(usage());
            return MISUSED;
        } catch (CommandFailed | UnusableState | TemporarilyUnavailable | UncheckedIOException e) {
            err.println("gatehouse: " + e.getMessage());
            return FAILED;
        }
    }

    private Reply carryOut(Invocation invocation) {
        Home home = invocation
                .path("home")
                .map(Home::new)
                .orElseGet(() -> Home.locate(name -> Optional.ofNullable(System.getProperty(name)), environment));
        if (invocation.deed() != Deed.IMPORT) {
            return carryOut(home, invocation.order());
        }
        OpenClawState state = OpenClawState.read(invocation.path("state").orElseThrow());
        Order order = invocation.order().importing(state.devices());
        return carryOut(home, order).map(result -> ImportReport.of(state, result, order.rehearsal()));
    }

    private Reply carryOut(Home home, Order order) {
        checkReadable(home.root());
        return SocketCall.ask(OwnerFolder.of(home), order)
                .orElseGet(() -> new DirectAccess(home, environment, this::warn).carryOut(order));
    }

    private static void checkReadable(Path home) {
        if (!Files.isDirectory(home)) {
            throw new CommandFailed(
                    "there is no folder " + home + "; name the gateway's home with --home=DIR or GATEHOUSE_HOME");
        }
        if (!Files.isReadable(home) || !Files.isExecutable(home)) {
            throw new CommandFailed(home + " cannot be read; run the command as the user that the gateway runs as");
        }
    }

    private int report(Invocation invocation, Reply reply) {
        if (!reply.done()) {
            err.println("gatehouse: " + Table.harmless(reply.message().orElse("refused without a reason")));
            return FAILED;
        }
        JsonNode result = reply.result().orElseGet(() -> Wire.tree(Map.of()));
        if (invocation.is("json")) {
            out.println(Wire.pretty(result));
        } else {
            Report.lines(invocation.deed(), result).forEach(out::println);
        }
        if (invocation.deed() == Deed.CREATE_KEY) {
            warn("this key is shown once; keep it where only its user can read it");
        }
        return DONE;
    }

    private void warn(String warning) {
        err.println("gatehouse: note: " + Table.harmless(warning));
    }

    private static String usage() {
        return """
                usage: server-config/embedded/run COMMAND [--home=DIR] [--json]
                       java -jar gatehouse.war COMMAND [--home=DIR] [--json]

                %s

                ID is a pairing request's id, or a device's when only one request of it waits.
                  --home=DIR   the gateway's home (default: GATEHOUSE_HOME, else ~/.gatehouse)
                  --json       the result as JSON, for scripts
                Works while the gateway runs and while it is stopped, as the user that the gateway runs as.
                Ends with 0 when it was done, 1 when it was refused or failed, 2 when it was not understood.\
                """.formatted(help());
    }
}
