package dev.gatehouse.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The class loader of one plugin: the JDK first, then what the host shares by name, then the plugin's own jar.
 *
 * <p>What the host shares comes from the host always, so that a plugin that bundles the SPI by mistake still implements
 * the gateway's own types; PF4J's loader would take the plugin's copy and find no check in it. Everything else of the
 * gateway and of the server is invisible.
 */
final class AllowListClassLoader extends PluginClassLoader {

    private static final List<String> SHARED =
            List.of("dev.gatehouse.spi.", "org.pf4j.", "org.slf4j.", "org.jspecify.annotations.");

    private final ClassLoader host;

    AllowListClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader host) {
        super(manager, descriptor, ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (SHARED.stream().anyMatch(name::startsWith)) {
                return host.loadClass(name);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return getParent().loadClass(name);
            } catch (ClassNotFoundException notOfTheJdk) {
                return findClass(name);
            }
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }
}
