package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the things under test are: this source tree, as the build left it. */
final class Checkout {

    private static final Path ROOT = property("gatehouse.root");

    private Checkout() {}

    static Path war() {
        return ROOT.resolve("gateway-war/target/gatehouse.war");
    }

    /** What the management API promises. */
    static Path contract() {
        return ROOT.resolve("gateway-war/src/main/resources/dev/gatehouse/contract/openapi.yaml");
    }

    static Path serverConfig(String script) {
        return ROOT.resolve("server-config").resolve(script);
    }

    /** A page of the documentation. */
    static Path docs(String page) {
        return ROOT.resolve("docs").resolve(page);
    }

    /** The jar that the example's own build made. */
    static Path examplePlugin() {
        return property("gatehouse.example-plugin");
    }

    static Path payara() {
        return property("gatehouse.payara");
    }

    static Path wildFly() {
        return property("gatehouse.wildfly");
    }

    static Path systemTests(String path) {
        return ROOT.resolve("system-tests").resolve(path);
    }

    /** Makes an empty folder for one run; what is in it is left for whoever has to find out why a test failed. */
    static Path freshFolder(String name) {
        Path runs = systemTests("target/runs");
        try {
            Files.createDirectories(runs);
            return Files.createTempDirectory(runs, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + runs, e);
        }
    }

    /** Deletes a folder and all that is in it, if it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private static Path property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("system property " + name + " is not set; run the tests with: mvn verify");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
