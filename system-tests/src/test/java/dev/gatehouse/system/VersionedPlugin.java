package dev.gatehouse.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A plugin of many versions, whose check identifies every client by the version that decided. */
final class VersionedPlugin {

    static final String CHECK = "versioned";

    private static final String METHOD = "version-";
    private static final String SOURCE = """
            package stranger;
            import dev.gatehouse.spi.*;
            @org.pf4j.Extension
            public final class Versioned implements AdmissionCheckFactory {
                public String name() { return "versioned"; }
                public AdmissionCheck create(CheckSetup setup) {
                    return new AdmissionCheck() {
                        @Override public Verdict atConnect(ConnectContext context) {
                            return Verdict.identified(
                                    new Identity("version-%d", "anybody"), Scopes.of("operator.read"));
                        }
                    };
                }
            }
            """;

    private VersionedPlugin() {}

    /** The version that admitted a client. */
    static int version(String method) {
        return Integer.parseInt(method.substring(METHOD.length()));
    }

    /** Compiles one version into a jar in a folder. */
    static Path jar(Path folder, int version) {
        try {
            Path classes = Files.createDirectories(folder.resolve("classes-" + version));
            compile(classes, version);
            Path jar = folder.resolve("version-" + version);
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest(version))) {
                add(out, "META-INF/extensions.idx", "stranger.Versioned\n".getBytes(StandardCharsets.UTF_8));
                try (Stream<Path> files = Files.walk(classes)) {
                    for (Path each : files.filter(Files::isRegularFile).toList()) {
                        add(out, classes.relativize(each).toString(), Files.readAllBytes(each));
                    }
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build version " + version, e);
        }
    }

    private static void compile(Path classes, int version) {
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///stranger/Versioned.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE.formatted(version);
                    }
                };
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        if (!ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(source))
                .call()) {
            throw new IllegalStateException("the plugin does not compile");
        }
    }

    private static Manifest manifest(int version) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", CHECK);
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0." + version);
        return manifest;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
