package dev.gatehouse.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.gatehouse.spi.AdmissionCheckFactory;
import org.pf4j.PluginManager;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/**
 * A set of plugin jars, loaded and started together, with the check factories found in them.
 *
 * <p>A new set of jars is a new generation with a plugin manager of its own: unloading a plugin to load its successor
 * would leave a moment without its check. Immutable once loaded, until it is closed.
 */
public final class PluginGeneration implements AutoCloseable {

    /** The version of the SPI that a plugin's {@code Plugin-Requires} is compared with. */
    public static final String SPI_VERSION = "0.1.0";

    private static final System.Logger LOG = System.getLogger(PluginGeneration.class.getName());

    private final PluginManager manager;
    private final Map<String, AdmissionCheckFactory> factories;

    private PluginGeneration(PluginManager manager, Map<String, AdmissionCheckFactory> factories) {
        this.manager = manager;
        this.factories = factories;
    }

    /**
     * Loads and starts the plugins of these jars.
     *
     * @throws UnusablePlugins with every jar that is no plugin, plugin that does not start, and name that two plugins
     *     provide; nothing stays loaded then
     */
    public static PluginGeneration load(List<Path> jars) {
        GenerationPluginManager manager = new GenerationPluginManager(SPI_VERSION);
        List<String> problems = new ArrayList<>();
        try {
            jars.forEach(jar -> loadJar(manager, jar, problems));
            manager.startPlugins();
            manager.getPlugins().forEach(plugin -> problemOf(plugin).ifPresent(problems::add));
            Map<String, AdmissionCheckFactory> factories =
                    problems.isEmpty() ? findFactories(manager, problems) : Map.of();
            if (!problems.isEmpty()) {
                throw new UnusablePlugins(problems);
            }
            return new PluginGeneration(manager, factories);
        } catch (RuntimeException | LinkageError e) {
            unload(manager);
            throw e;
        }
    }

    /** The factory of this name, if a plugin provides it. */
    public Optional<AdmissionCheckFactory> factory(String name) {
        return Optional.ofNullable(factories.get(name));
    }

    /** The names that the chain can use, sorted. */
    public List<String> names() {
        return List.copyOf(factories.keySet());
    }

    /** Stops and unloads the plugins. To be called when no chain uses their checks any more. */
    @Override
    public void close() {
        unload(manager);
    }

    private static void loadJar(PluginManager manager, Path jar, List<String> problems) {
        try {
            if (manager.loadPlugin(jar) == null) {
                problems.add(jar + ": not a plugin jar");
            }
        } catch (PluginRuntimeException | IllegalArgumentException e) {
            problems.add(jar + ": " + e.getMessage() + "; a plugin is a jar whose manifest names its Plugin-Id and"
                    + " Plugin-Version");
        }
    }

    private static Optional<String> problemOf(PluginWrapper plugin) {
        if (plugin.getPluginState() == PluginState.STARTED) {
            return Optional.empty();
        }
        String requires = plugin.getDescriptor().getRequires();
        String why = Optional.ofNullable(plugin.getFailedException())
                .map(Throwable::toString)
                .orElse("state " + plugin.getPluginState() + ", requires SPI " + requires + ", this gateway has "
                        + SPI_VERSION);
        return Optional.of(plugin.getPluginPath() + ": plugin '" + plugin.getPluginId() + "' did not start: " + why);
    }

    private static Map<String, AdmissionCheckFactory> findFactories(PluginManager manager, List<String> problems) {
        Map<String, AdmissionCheckFactory> found = new TreeMap<>();
        for (PluginWrapper plugin : manager.getStartedPlugins()) {
            List<AdmissionCheckFactory> own = manager.getExtensions(AdmissionCheckFactory.class, plugin.getPluginId());
            if (own.isEmpty()) {
                problems.add(plugin.getPluginPath() + ": plugin '" + plugin.getPluginId() + "' provides no check; build"
                        + " it with PF4J's annotation processor, which writes META-INF/extensions.idx");
            }
            for (AdmissionCheckFactory factory : own) {
                if (found.putIfAbsent(factory.name(), factory) != null) {
                    problems.add(plugin.getPluginPath() + ": the check '" + factory.name()
                            + "' is provided by another plugin as well; remove one of the two");
                }
            }
        }
        return found;
    }

    /** Stops plugins one by one from a copied list: PF4J's own stopPlugins may trip over the list it changes. */
    private static void unload(PluginManager manager) {
        List<String> ids =
                manager.getPlugins().stream().map(PluginWrapper::getPluginId).toList();
        for (String id : ids) {
            try {
                manager.stopPlugin(id);
                manager.unloadPlugin(id);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "plugin '" + id + "' threw while it was unloaded", e);
            }
        }
    }
}
