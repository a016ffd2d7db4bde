package dev.gatehouse.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where to listen and what to serve: arguments first, then the environment, then the default.
 *
 * @param host the address to bind
 * @param port the port to bind
 * @param war the gateway's WAR file
 */
record LaunchOptions(String host, int port, Path war) {

    static final String USAGE = "usage: --war=FILE [--host=ADDRESS] [--port=NUMBER]";

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_PORT = "18789";

    /**
     * Reads the options.
     *
     * @throws LaunchFailure if an argument is unknown or a value is not usable
     */
    static LaunchOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        values.put("host", environment.getOrDefault("GATEHOUSE_LISTEN_HOST", DEFAULT_HOST));
        values.put("port", environment.getOrDefault("GATEHOUSE_LISTEN_PORT", DEFAULT_PORT));
        values.put("war", "");
        List<String> rest = arguments;
        while (!rest.isEmpty()) {
            rest = takeOne(rest, values);
        }
        return new LaunchOptions(value(values, "host"), port(value(values, "port")), war(value(values, "war")));
    }

    /** Takes {@code --name=value} or {@code --name value} from the front and returns what is left. */
    private static List<String> takeOne(List<String> arguments, Map<String, String> values) {
        String first = arguments.get(0);
        int equals = first.indexOf('=');
        String name = equals < 0 ? first : first.substring(0, equals);
        if (!name.startsWith("--") || !values.containsKey(name.substring(2))) {
            throw new LaunchFailure("unknown argument '" + first + "'; " + USAGE);
        }
        if (equals >= 0) {
            values.put(name.substring(2), first.substring(equals + 1));
            return arguments.subList(1, arguments.size());
        }
        if (arguments.size() < 2) {
            throw new LaunchFailure("argument '" + first + "' has no value; " + USAGE);
        }
        values.put(name.substring(2), arguments.get(1));
        return arguments.subList(2, arguments.size());
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new LaunchFailure("no " + name + " given; " + USAGE);
        }
        return value;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new LaunchFailure("'" + text + "' is not a port; use a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    /** The gateway's WAR. */
    static Path war(String text) {
        if (text.isEmpty()) {
            throw new LaunchFailure("no war given; " + USAGE);
        }
        Path war = Path.of(text).toAbsolutePath();
        if (!Files.isRegularFile(war)) {
            throw new LaunchFailure("no WAR file at '" + war + "'; build it with: mvn package");
        }
        return war;
    }
}
