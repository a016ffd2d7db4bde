package dev.gatehouse.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Runs a command that lies in the gateway's WAR and needs no server.
 *
 * <p>The JVM cannot load classes from jars within a WAR, so what the command needs is copied to a temporary folder, which
 * is removed again.
 */
final class WarCommand {

    /** Says whether a gateway would start with a config and plugins. */
    static final String CHECK_CONFIG = "check-config";

    private static final String COMMAND = "dev.gatehouse.bootstrap.CheckConfig";
    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";
    private static final String PLUGINS = "WEB-INF/plugins/";
    private static final String WAR = "--war=";

    private WarCommand() {}

    /**
     * Runs the command.
     *
     * @param arguments the name of the command, its options, and where the WAR is, as {@code --war=FILE}
     * @return the exit code
     * @throws LaunchFailure when there is no WAR, or it is not the gateway's
     */
    static int run(List<String> arguments) {
        Path war = LaunchOptions.war(arguments.stream()
                .filter(argument -> argument.startsWith(WAR))
                .map(argument -> argument.substring(WAR.length()))
                .findFirst()
                .orElse(""));
        List<String> rest =
                arguments.stream().filter(argument -> !argument.startsWith(WAR)).toList();
        try {
            Path folder = Files.createTempDirectory("gatehouse-");
            try {
                return run(war, folder, rest);
            } finally {
                delete(folder);
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new LaunchFailure("the command cannot be run from " + war, e);
        }
    }

    private static int run(Path war, Path folder, List<String> arguments)
            throws IOException, ReflectiveOperationException {
        List<URL> classPath = new ArrayList<>();
        classPath.add(Files.createDirectories(folder.resolve(CLASSES)).toUri().toURL());
        try (JarFile file = new JarFile(war.toFile())) {
            for (JarEntry entry : file.stream().filter(WarCommand::isNeeded).toList()) {
                Path copy = copy(file, entry, folder);
                if (entry.getName().startsWith(LIBRARIES)) {
                    classPath.add(copy.toUri().toURL());
                }
            }
        }
        // Nothing of the server that this launcher can start is the command's business.
        ClassLoader jdk = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath.toArray(URL[]::new), jdk)) {
            Thread.currentThread().setContextClassLoader(loader);
            return (Integer) loader.loadClass(COMMAND)
                    .getMethod("run", List.class, Path.class)
                    .invoke(null, arguments, folder.resolve(PLUGINS));
        }
    }

    private static boolean isNeeded(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && (name.startsWith(CLASSES) || name.startsWith(LIBRARIES) || name.startsWith(PLUGINS));
    }

    private static Path copy(JarFile war, JarEntry entry, Path folder) throws IOException {
        Path copy = folder.resolve(entry.getName()).normalize();
        if (!copy.startsWith(folder)) {
            throw new IOException("the WAR has an entry outside itself: " + entry.getName());
        }
        Files.createDirectories(copy.resolveSibling(""));
        try (InputStream bytes = war.getInputStream(entry)) {
            Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
