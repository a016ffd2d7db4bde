package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.gatehouse.offline.OfflineCommand;

/** The commands that the gateway's WAR has for its owner; they start no gateway. */
public final class Commands {

    private static final String CHECK_CONFIG = "check-config";

    private final Map<String, String> environment;
    private final Path bundledPlugins;
    private final PrintStream out;
    private final PrintStream err;

    Commands(Map<String, String> environment, Path bundledPlugins, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.bundledPlugins = bundledPlugins;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command.
     *
     * @param arguments its words and options
     * @param bundledPlugins the folder of the checks that come with the gateway
     * @return the exit code: 0 done, 1 refused or failed, 2 not understood
     */
    public static int run(List<String> arguments, Path bundledPlugins) throws IOException {
        return new Commands(System.getenv(), bundledPlugins, System.out, System.err).run(arguments);
    }

    int run(List<String> arguments) throws IOException {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        if (first.equals(CHECK_CONFIG)) {
            return new CheckConfig(environment, bundledPlugins, out).run(arguments);
        }
        if (OfflineCommand.knows(first)) {
            return new OfflineCommand(environment, out, err).run(arguments);
        }
        if (first.equals("--help") || first.equals("help")) {
            out.println(usage());
            return CheckConfig.RIGHT;
        }
        err.println(
                first.isEmpty()
                        ? "gatehouse: this file is deployed to a server; as a program it has these commands"
                        : "gatehouse: '" + first + "' is no command");
        err.println(usage());
        return CheckConfig.MISUSED;
    }

    private static String usage() {
        return """
                usage: server-config/embedded/run COMMAND [OPTIONS]
                       java -jar gatehouse.war COMMAND [OPTIONS]

                  %-28s whether a gateway would start with a config and plugins
                %s

                COMMAND --help says more.\
                """.formatted(CHECK_CONFIG, OfflineCommand.help());
    }
}
