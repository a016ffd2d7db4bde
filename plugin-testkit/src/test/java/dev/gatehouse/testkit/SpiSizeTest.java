package dev.gatehouse.testkit;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the plugin API small enough to be held in the head. */
class SpiSizeTest {

    private static final int TYPES_MAX = 20;
    private static final String PACKAGE = AdmissionCheckFactory.class.getPackageName();
    private static final String CLASS_FILE = ".class";

    @Test
    void spi_publicTopLevelTypes_areTwentyAtMost() throws IOException, URISyntaxException {
        List<Class<?>> types = publicTypes();

        assertThat(types).contains(AdmissionCheckFactory.class, Verdict.class).hasSizeLessThanOrEqualTo(TYPES_MAX);
    }

    /** From the jar or, before there is one, from the folder of classes. */
    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException {
        Path location = Path.of(AdmissionCheckFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(location)) {
            return publicTypesIn(location);
        }
        try (FileSystem jar = FileSystems.newFileSystem(location)) {
            return publicTypesIn(jar.getPath("/"));
        }
    }

    private static List<Class<?>> publicTypesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(PACKAGE.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CLASS_FILE) && !name.contains("$"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - CLASS_FILE.length())))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> load(String simpleName) {
        try {
            return Class.forName(PACKAGE + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(simpleName + " was in the jar a moment ago", e);
        }
    }
}
