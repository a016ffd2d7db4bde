package dev.gatehouse.plugin;

import java.nio.file.Path;

import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;

/** PF4J's manager, narrowed to jars whose manifest describes them and whose classes come through the allow-list. */
final class GenerationPluginManager extends DefaultPluginManager {

    GenerationPluginManager(String spiVersion) {
        setSystemVersion(spiVersion);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new JarPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
                return new AllowListClassLoader(
                        pluginManager, descriptor, GenerationPluginManager.class.getClassLoader());
            }
        };
    }
}
