package dev.gatehouse.plugin;

import java.nio.file.Path;

import org.pf4j.DefaultPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;

/**
 * PF4J's manager for one plugin whose descriptor and class loader are known.
 *
 * <p>One for each plugin, because a plugin is handed its manager, and through it would find the others. It reads no
 * folder: neither a root of plugins nor PF4J's lists of enabled ones.
 */
final class SinglePluginManager extends DefaultPluginManager {

    private final PluginDescriptor descriptor;
    private final ClassLoader loader;

    SinglePluginManager(ExaminedJar jar, ClassLoader loader) {
        super(jar.stored().copy().toAbsolutePath().getParent());
        this.descriptor = jar.descriptor();
        this.loader = loader;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path jar) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path jar) {
                return descriptor;
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path jar) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path jar, PluginDescriptor ignored) {
                return loader;
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return SinglePluginManager::createPlugin;
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String plugin) {
                return false;
            }

            @Override
            public void disablePlugin(String plugin) {
                throw new PluginRuntimeException("a plugin here is disabled by removing its jar");
            }

            @Override
            public void enablePlugin(String plugin) {
                // they all are
            }
        };
    }

    /** PF4J's own factory logs what is wrong with the plugin's class and goes on without it. */
    private static Plugin createPlugin(PluginWrapper wrapper) {
        String name = wrapper.getDescriptor().getPluginClass();
        try {
            Class<? extends Plugin> type =
                    wrapper.getPluginClassLoader().loadClass(name).asSubclass(Plugin.class);
            try {
                return type.getConstructor(PluginWrapper.class).newInstance(wrapper);
            } catch (NoSuchMethodException newerStyle) {
                return type.getConstructor().newInstance();
            }
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new PluginRuntimeException(e, "the Plugin-Class {} cannot be made", name);
        }
    }
}
