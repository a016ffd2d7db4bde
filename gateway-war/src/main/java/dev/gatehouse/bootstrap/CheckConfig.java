package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.chain.Candidate;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.chain.RegistryDoors;
import dev.gatehouse.config.Home;
import dev.gatehouse.config.InvalidConfig;

/**
 * The command {@code check-config}: builds what a gateway would start with, says everything that is wrong with it, and
 * leaves nothing behind. Touches neither the gateway's home nor its database.
 */
final class CheckConfig {

    /** All is well. */
    static final int RIGHT = 0;

    /** The gateway would not start. */
    static final int WRONG = 1;

    /** The command was not understood. */
    static final int MISUSED = 2;

    private static final String NAME = "check-config";
    private static final String USAGE = """
            usage: server-config/embedded/run check-config [--home=DIR] [--config=FILE] [--plugins=DIR]
                   java -jar gatehouse.war check-config ...

            Says whether a gateway would start with this config and these plugins, and everything that is wrong.
              --home=DIR      the gateway's home (default: GATEHOUSE_HOME, else ~/.gatehouse)
              --config=FILE   another config than gatehouse.yaml in the home
              --plugins=DIR   another plugins folder than the config names
            Ends with 0 when it would start, 1 when it would not, 2 when the command is not understood.""";

    private final Map<String, String> environment;
    private final Path bundledPlugins;
    private final PrintStream out;

    CheckConfig(Map<String, String> environment, Path bundledPlugins, PrintStream out) {
        this.environment = environment;
        this.bundledPlugins = bundledPlugins;
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param arguments the command's name and its options
     * @return the exit code
     */
    int run(List<String> arguments) throws IOException {
        if (arguments.contains("--help")) {
            out.println(USAGE);
            return RIGHT;
        }
        Map<String, String> options = new HashMap<>();
        for (String option : arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size())) {
            int equals = option.indexOf('=');
            if (equals < 0 || !List.of("--home", "--config", "--plugins").contains(option.substring(0, equals))) {
                return misused("'" + option + "' is no option");
            }
            options.put(option.substring(2, equals), option.substring(equals + 1));
        }
        if (arguments.isEmpty() || !arguments.get(0).equals(NAME)) {
            return misused("the only command is " + NAME);
        }
        return check(options);
    }

    private int check(Map<String, String> options) throws IOException {
        Home home = option(options, "home")
                .map(Home::new)
                .orElseGet(() -> Home.locate(name -> Optional.ofNullable(System.getProperty(name)), environment));
        Path config = option(options, "config").orElse(home.config());
        if (options.containsKey("config") && !Files.isRegularFile(config)) {
            return misused("--config: there is no file " + config);
        }
        Map<String, String> variables = new HashMap<>(environment);
        option(options, "plugins").ifPresent(folder -> variables.put("GATEHOUSE_PLUGINS_FOLDER", folder.toString()));
        Path scratch = Files.createTempDirectory("gatehouse-check-");
        try {
            FirstStart firstStart = new FirstStart(scratch.resolve("gateway-token"), new SecureRandom());
            Preparation preparation = new Preparation(
                    home,
                    config,
                    variables,
                    FolderSight.jarsIn(bundledPlugins),
                    firstStart,
                    scratch.resolve("plugins"),
                    new RegistryDoors(),
                    Duration.ZERO,
                    Clock.systemUTC());
            return report(config, preparation);
        } finally {
            delete(scratch);
        }
    }

    private int report(Path config, Preparation preparation) {
        String where = config + (Files.exists(config) ? "" : " (not there: defaults)");
        try {
            Candidate candidate = preparation.prepare((running, origins) -> {});
            try (var generation = candidate.generation()) {
                out.println(where + ": all right");
                out.println("  chain    " + generation.described());
                candidate.warnings().forEach(warning -> out.println("  warning  " + warning));
            }
            return RIGHT;
        } catch (InvalidConfig e) {
            out.println(where + ": " + StartupFailed.count(e.problems()));
            e.problems().forEach(problem -> out.println("  - " + problem));
            return WRONG;
        }
    }

    private int misused(String why) {
        out.println("gatehouse: " + why);
        out.println(USAGE);
        return MISUSED;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static Optional<Path> option(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name))
                .map(path -> Path.of(path).toAbsolutePath().normalize());
    }
}
