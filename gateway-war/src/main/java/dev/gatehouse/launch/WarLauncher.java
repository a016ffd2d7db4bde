package dev.gatehouse.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
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
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Runs a command of the gateway out of its WAR, without a server.
 *
 * <p>The JVM cannot load classes from jars within a WAR, so what a command needs is copied to a temporary folder that
 * only the user can enter, and that is removed again. The few interfaces that a server would bring lie in {@code
 * WEB-INF/command}, where no server looks.
 */
public final class WarLauncher {

    private static final String COMMANDS = "dev.gatehouse.bootstrap.Commands";
    private static final String CLASSES = "WEB-INF/classes/";
    private static final String PLUGINS = "WEB-INF/plugins/";
    private static final List<String> LIBRARIES = List.of("WEB-INF/lib/", "WEB-INF/command/");
    private static final int UNUSABLE = 1;

    private WarLauncher() {}

    /**
     * Runs a command, and ends the process with its exit code.
     *
     * @param arguments the words of the command and its options
     */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE); // the command speaks for itself
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            Path war = Path.of(WarLauncher.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = Files.createTempDirectory("gatehouse-");
            Thread removal = new Thread(() -> delete(folder), "gatehouse-command-removal");
            Runtime.getRuntime().addShutdownHook(removal); // also when the command is interrupted
            return run(war, folder, arguments);
        } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException thrown ? thrown.getTargetException() : e;
            System.err.println("gatehouse: the command cannot be run from this WAR: " + cause);
            return UNUSABLE;
        }
    }

    private static int run(Path war, Path folder, List<String> arguments)
            throws IOException, ReflectiveOperationException {
        List<URL> classPath = new ArrayList<>();
        classPath.add(Files.createDirectories(folder.resolve(CLASSES)).toUri().toURL());
        try (JarFile file = new JarFile(war.toFile())) {
            for (JarEntry entry : file.stream().filter(WarLauncher::isNeeded).toList()) {
                Path copy = copy(file, entry, folder);
                if (LIBRARIES.stream().anyMatch(entry.getName()::startsWith)) {
                    classPath.add(copy.toUri().toURL());
                }
            }
        }
        ClassLoader jdk = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath.toArray(URL[]::new), jdk)) {
            Thread.currentThread().setContextClassLoader(loader);
            return (Integer) loader.loadClass(COMMANDS)
                    .getMethod("run", List.class, Path.class)
                    .invoke(null, arguments, folder.resolve(PLUGINS));
        }
    }

    private static boolean isNeeded(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && (name.startsWith(CLASSES)
                        || name.startsWith(PLUGINS)
                        || LIBRARIES.stream().anyMatch(name::startsWith));
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

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("gatehouse: " + folder + " is left behind: " + e.getMessage());
        }
    }
}
