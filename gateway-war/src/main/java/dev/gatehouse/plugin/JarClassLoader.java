package dev.gatehouse.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The class loader of one plugin: what the host shares by name, then the JDK, then the plugin's own jar.
 *
 * <p>What the host shares comes from the host always, so that a plugin that bundles the SPI by mistake still implements
 * the gateway's own types. Everything else of the gateway, of the server and of other plugins is invisible. The jar is
 * one open file, never unzipped, never in the JVM's own cache of jars, and closed with the loader. Its classes pass
 * through {@link PluginClasses}. Safe for concurrent use.
 */
final class JarClassLoader extends SecureClassLoader implements Closeable {

    /** The largest class file that is taken. */
    static final int MAX_CLASS_BYTES = 16 * 1024 * 1024;

    private static final List<String> SHARED =
            List.of("dev.gatehouse.spi.", "org.pf4j.", "org.slf4j.", "org.jspecify.annotations.");
    private static final AtomicLong COUNT = new AtomicLong();

    static {
        registerAsParallelCapable();
    }

    private final String plugin;
    private final JarFile jar;
    private final @Nullable Manifest manifest;
    private final URL location;
    private final ClassLoader host;
    private final JarResources resources;
    private final Class<?> guard;
    private final Queue<WeakReference<Object>> kept = new ConcurrentLinkedQueue<>();

    /**
     * A loader for the plugin in this jar.
     *
     * @param plugin the plugin's id
     * @param jar the open jar, which is closed with this loader
     * @param location where the jar is, for {@link Class#getProtectionDomain}
     * @param host where the shared classes come from
     */
    JarClassLoader(String plugin, JarFile jar, URL location, ClassLoader host) throws IOException {
        super("plugin " + plugin + " #" + COUNT.incrementAndGet(), getPlatformClassLoader());
        this.plugin = plugin;
        this.jar = jar;
        this.manifest = jar.getManifest();
        this.location = location;
        this.host = host;
        this.resources = new JarResources(plugin, jar);
        byte[] guardClass = PluginClasses.guard();
        this.guard = defineClass(PluginClasses.GUARD_NAME, guardClass, 0, guardClass.length);
        Consumer<Object> keeper = this::keep;
        callGuard("start", new Class<?>[] {String.class, Consumer.class}, plugin, keeper);
    }

    /** The id of the plugin. */
    String plugin() {
        return plugin;
    }

    /** Makes every loop of the plugin end with an error. */
    void stopLoops() {
        callGuard("stop", new Class<?>[0]);
    }

    /** The executors, timers, shutdown hooks and JDBC drivers that the plugin made and that still exist. */
    List<Object> kept() {
        return kept.stream()
                .flatMap(reference -> Stream.ofNullable(reference.get()))
                .toList();
    }

    /** Ends one of them; runs code of the plugin, if it is of a class of the plugin. */
    void end(Object one) {
        callGuard("end", new Class<?>[] {Object.class}, one);
    }

    /** Never asks what is kept for its hash: that would be a call into the plugin. */
    private void keep(Object one) {
        kept.removeIf(reference -> reference.get() == null);
        kept.add(new WeakReference<>(one));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return host.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            JarEntry entry = jar.getJarEntry(name.replace('.', '/') + ".class");
            if (entry == null) {
                throw new ClassNotFoundException(name + " is not in the jar of plugin '" + plugin
                        + "', nor among what the gateway shares with plugins");
            }
            byte[] classFile = PluginClasses.guarded(name, read(entry));
            CodeSigner @Nullable [] signers = entry.getCodeSigners();
            definePackage(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
            return defineClass(name, classFile, 0, classFile.length, new CodeSource(location, signers));
        } catch (IOException | IllegalStateException e) { // a closed jar throws the latter
            throw new ClassNotFoundException(name + " cannot be read from the jar of plugin '" + plugin + "'", e);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return findResources(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return resources.find(name).orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(resources.find(name).stream().toList());
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    private byte[] read(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_CLASS_BYTES + 1);
            if (bytes.length > MAX_CLASS_BYTES) {
                throw new IOException(entry.getName() + " has more than " + MAX_CLASS_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private void definePackage(String name) {
        if (name.isEmpty() || getDefinedPackage(name) != null) {
            return;
        }
        try {
            definePackage(
                    name,
                    attribute(name, Name.SPECIFICATION_TITLE),
                    attribute(name, Name.SPECIFICATION_VERSION),
                    attribute(name, Name.SPECIFICATION_VENDOR),
                    attribute(name, Name.IMPLEMENTATION_TITLE),
                    attribute(name, Name.IMPLEMENTATION_VERSION),
                    attribute(name, Name.IMPLEMENTATION_VENDOR),
                    null);
        } catch (IllegalArgumentException definedByAnotherThread) {
            // as good
        }
    }

    private @Nullable String attribute(String packageName, Name name) {
        if (manifest == null) {
            return null;
        }
        Attributes own = manifest.getAttributes(packageName.replace('.', '/') + "/");
        String value = own == null ? null : own.getValue(name);
        return value == null ? manifest.getMainAttributes().getValue(name) : value;
    }

    private void callGuard(String method, Class<?>[] parameters, Object... arguments) {
        try {
            var call = guard.getDeclaredMethod(method, parameters);
            call.setAccessible(true);
            call.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(PluginClasses.GUARD_NAME + " has a method " + method, e);
        }
    }
}
