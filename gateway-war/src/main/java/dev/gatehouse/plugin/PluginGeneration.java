package dev.gatehouse.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of plugin jars, loaded and started together, with the checks that they provide.
 *
 * <p>A new set of jars is a new generation with class loaders of its own: unloading a plugin to load its successor would
 * leave a moment without its check. Immutable once loaded, until it is closed; safe for concurrent use.
 */
public final class PluginGeneration implements AutoCloseable {

    /** The version of the SPI that a plugin's {@code Plugin-Requires} is compared with. */
    public static final String SPI_VERSION = "0.1.0";

    private static final System.Logger LOG = System.getLogger(PluginGeneration.class.getName());

    private final JarStore store;
    private final Patience patience;
    private volatile List<LoadedPlugin> plugins;
    private volatile Map<String, CheckProvider> providers;
    private volatile List<String> leftovers = List.of();

    PluginGeneration(
            List<LoadedPlugin> plugins, SortedMap<String, CheckProvider> providers, JarStore store, Patience patience) {
        this.plugins = List.copyOf(plugins);
        this.providers = new TreeMap<>(providers);
        this.store = store;
        this.patience = patience;
    }

    /**
     * Loads and starts the plugins of these jars.
     *
     * @param bundled jars that came with the gateway, which are trusted
     * @param dropped jars that an operator put there
     * @param trust which of the latter may be loaded
     * @param store where the copies are kept that are loaded
     * @throws UnusablePlugins with every problem of every jar: no plugin, not trusted, does not start, a name that two
     *     provide; nothing stays loaded then
     */
    public static PluginGeneration load(List<Path> bundled, List<Path> dropped, PluginTrust trust, JarStore store) {
        return load(bundled, dropped, trust, store, Patience.WITH_PLUGINS);
    }

    static PluginGeneration load(
            List<Path> bundled, List<Path> dropped, PluginTrust trust, JarStore store, Patience patience) {
        return new GenerationLoading(trust, store, patience).load(bundled, dropped);
    }

    /** The check of this name, if a plugin provides it. */
    public Optional<CheckProvider> provider(String checkName) {
        return Optional.ofNullable(providers.get(checkName));
    }

    /** Every check, sorted by name. */
    public List<CheckProvider> providers() {
        return List.copyOf(providers.values());
    }

    /** The names of the checks, sorted. */
    public List<String> names() {
        return List.copyOf(providers.keySet());
    }

    /** The plugins in the order in which they were loaded. */
    public List<PluginFacts> plugins() {
        return plugins.stream().map(LoadedPlugin::facts).toList();
    }

    /** After {@link #close}: the threads of its plugins that did not stop, for people. */
    public List<String> leftovers() {
        return leftovers;
    }

    /** Stops the plugins, ends their threads and closes their jars. To be called when no chain uses their checks any more. */
    @Override
    public synchronized void close() {
        List<LoadedPlugin> ending = plugins;
        providers = Map.of();
        plugins = List.of();
        if (!ending.isEmpty()) {
            leftovers = end(ending, store, patience);
        }
    }

    /** One plugin that fails to stop keeps none of the others. */
    static List<String> end(List<LoadedPlugin> plugins, JarStore store, Patience patience) {
        plugins.forEach(LoadedPlugin::stop);
        List<String> left =
                new PluginThreads(plugins.stream().map(LoadedPlugin::loader).toList()).end(patience);
        if (!left.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "unloaded plugins left threads behind that do not end: " + String.join("; ", left)
                            + "; they hold memory until the server is restarted: ask the authors to end them in"
                            + " AdmissionCheck.close");
        }
        plugins.forEach(plugin -> plugin.unload(store));
        return left;
    }

    /**
     * How long plugins are waited for.
     *
     * @param call for each call into a plugin while it is loaded or unloaded
     * @param interrupted for the threads of all plugins to end after they were interrupted, before their loops are broken
     * @param threads for the threads of all plugins to end in all
     */
    record Patience(Duration call, Duration interrupted, Duration threads) {
        static final Patience WITH_PLUGINS =
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
}
