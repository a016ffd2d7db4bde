package dev.gatehouse.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/** Finds the command that the first word names and runs it. */
public final class Main {

    private static final List<Command> COMMANDS = List.of(
            new PairCommand(),
            new AdmitCommand(),
            new RefuseCommand(),
            new IdleCommand(),
            new RevokeCommand(),
            new SeedCommand(),
            new SuiteCommand());

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Returns the exit status. */
    static int run(List<String> words, PrintStream out, PrintStream problems) throws InterruptedException {
        if (words.isEmpty() || words.get(0).equals("--help")) {
            printCommands(out);
            return 0;
        }
        try {
            Command command = named(words.get(0));
            if (words.contains("--help")) {
                printOptions(command, out);
                return 0;
            }
            command.run(CommandLine.parse(words.subList(1, words.size()), command.options()), out);
            return 0;
        } catch (UsageError e) {
            problems.println(e.getMessage());
            return MISUSED;
        } catch (IOException | SQLException e) {
            problems.println(e);
            return FAILED;
        }
    }

    private static Command named(String name) {
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError("'" + name + "' is no command; see --help"));
    }

    private static void printCommands(PrintStream out) {
        out.println("usage: benchmarks/run <command> [options]");
        for (Command command : COMMANDS) {
            out.printf("  %-8s %s%n", command.name(), command.about());
        }
        out.println("benchmarks/run <command> --help lists the command's options");
    }

    private static void printOptions(Command command, PrintStream out) {
        out.println("usage: benchmarks/run " + command.name() + " [options]");
        out.println(command.about());
        command.options().stream().sorted().map(Option::help).forEach(out::println);
    }
}
