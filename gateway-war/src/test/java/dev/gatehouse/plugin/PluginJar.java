package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds a plugin jar from source text, as a stranger's build would. */
public final class PluginJar {

    private final String id;
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Set<String> omitted = new HashSet<>();
    private final List<String> extensions = new ArrayList<>();
    private final List<Class<?>> bundled = new ArrayList<>();
    private String fileName;

    private PluginJar(String id) {
        this.id = id;
        this.fileName = id + ".jar";
        manifest.put("Plugin-Id", id);
        manifest.put("Plugin-Version", "1.0.0");
    }

    public static PluginJar of(String id) {
        return new PluginJar(id);
    }

    /**
     * Adds a factory whose check answers every connect frame in one way.
     *
     * @param check the name of the check
     * @param verdict Java source of the answer
     */
    public PluginJar withCheck(String check, String verdict) {
        return withFactory("""
                public String name() { return "%s"; }
                public AdmissionCheck create(CheckSetup setup) {
                    return new AdmissionCheck() {
                        @Override public Verdict atConnect(ConnectContext context) { return %s; }
                    };
                }
                """.formatted(check, verdict));
    }

    /** Adds a factory with these members, Java source. */
    PluginJar withFactory(String members) {
        String type = "Factory" + extensions.size();
        withSource("stranger." + type, """
                package stranger;
                import dev.gatehouse.spi.*;
                @org.pf4j.Extension
                public final class %s implements AdmissionCheckFactory {
                    %s
                }
                """.formatted(type, members));
        extensions.add("stranger." + type);
        return this;
    }

    /** Adds a class. */
    PluginJar withSource(String name, String text) {
        sources.put(name, text);
        return this;
    }

    /** Adds a plugin class with these members, Java source. */
    PluginJar withPluginClass(String members) {
        manifest.put("Plugin-Class", "stranger.Lifecycle");
        return withSource(
                "stranger.Lifecycle",
                "package stranger; public class Lifecycle extends org.pf4j.Plugin { %s }".formatted(members));
    }

    PluginJar withEntry(String name, String text) {
        return withEntry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    PluginJar withEntry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    PluginJar withManifest(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    /** Leaves a class out that the others were compiled with. */
    PluginJar withoutClass(String name) {
        omitted.add(name.replace('.', '/') + ".class");
        return this;
    }

    /** Puts a line into the index of extensions. */
    PluginJar withExtension(String name) {
        extensions.add(name);
        return this;
    }

    PluginJar named(String file) {
        fileName = file;
        return this;
    }

    /** Puts a copy of a class of the host into the jar, as a careless build does. */
    public PluginJar bundling(Class<?>... classes) {
        bundled.addAll(List.of(classes));
        return this;
    }

    /** Leaves the extension index out, as a build does whose annotation processors replaced PF4J's. */
    public PluginJar withoutIndex() {
        extensions.clear();
        return this;
    }

    /** Leaves the plugin's id out of the manifest. */
    public PluginJar withoutDescription() {
        manifest.clear();
        return this;
    }

    public Path in(Path folder) {
        Path jar = folder.resolve(fileName);
        try {
            Path classes = Files.createTempDirectory(folder, id + "-classes");
            compile(classes);
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest())) {
                addCompiled(out, classes);
                addBundled(out);
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    add(out, entry.getKey(), entry.getValue());
                }
                if (!extensions.isEmpty()) {
                    add(
                            out,
                            "META-INF/extensions.idx",
                            String.join("\n", extensions).getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    private Manifest manifest() {
        Manifest made = new Manifest();
        made.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach(made.getMainAttributes()::putValue);
        return made;
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        if (!units.isEmpty()
                && !compiler.getTask(null, null, null, List.of("-proc:none", "-d", classes.toString()), null, units)
                        .call()) {
            throw new IllegalArgumentException("the plugin's source does not compile");
        }
    }

    private void addCompiled(JarOutputStream out, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String entry = classes.relativize(file).toString().replace('\\', '/');
                if (!omitted.contains(entry)) {
                    add(out, entry, Files.readAllBytes(file));
                }
            }
        }
    }

    private void addBundled(JarOutputStream out) throws IOException {
        for (Class<?> type : bundled) {
            String entry = type.getName().replace('.', '/') + ".class";
            try (var bytes = type.getClassLoader().getResourceAsStream(entry)) {
                add(out, entry, bytes.readAllBytes());
            }
        }
    }

    private static void add(JarOutputStream out, String entry, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(entry));
        out.write(bytes);
        out.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
