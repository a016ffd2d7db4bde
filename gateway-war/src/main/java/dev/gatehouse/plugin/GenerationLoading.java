package dev.gatehouse.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.gatehouse.plugin.PluginGeneration.Patience;

/** The loading of one generation: examines every jar, starts every plugin that may be started, and keeps all or none. */
final class GenerationLoading {

    private final PluginTrust trust;
    private final JarStore store;
    private final Patience patience;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, ExaminedJar> jars = new LinkedHashMap<>();
    private final List<LoadedPlugin> plugins = new ArrayList<>();
    private final SortedMap<String, CheckProvider> providers = new TreeMap<>();
    private final Map<String, String> providedBy = new LinkedHashMap<>();

    GenerationLoading(PluginTrust trust, JarStore store, Patience patience) {
        this.trust = trust;
        this.store = store;
        this.patience = patience;
    }

    PluginGeneration load(List<Path> bundled, List<Path> dropped) {
        boolean whole = false;
        try {
            bundled.forEach(jar -> examine(jar, true));
            dropped.forEach(jar -> examine(jar, false));
            jars.values().forEach(this::start);
            if (!problems.isEmpty()) {
                throw new UnusablePlugins(problems);
            }
            whole = true;
            return new PluginGeneration(plugins, providers, store, patience);
        } finally {
            if (!whole) {
                PluginGeneration.end(plugins, store, patience);
            }
        }
    }

    private void examine(Path jar, boolean bundled) {
        Optional<StoredJar> stored = Optional.empty();
        try {
            stored = Optional.of(store.add(jar));
            ExaminedJar examined = ExaminedJar.of(stored.get(), bundled, trust);
            String id = examined.descriptor().getPluginId();
            ExaminedJar other = jars.putIfAbsent(id, examined);
            if (other == null) {
                return;
            }
            examined.file().close();
            problems.add(
                    jar + ": has the Plugin-Id '" + id + "', as " + other.original() + " has; remove one of the two");
        } catch (UnusableJar e) {
            problems.add(jar + ": " + e.problem());
        } catch (IOException e) {
            problems.add(jar + ": cannot be closed: " + e);
        }
        stored.ifPresent(store::release);
    }

    private void start(ExaminedJar jar) {
        try {
            LoadedPlugin plugin = new LoadedPlugin(jar, patience.call());
            plugins.add(plugin);
            plugin.start(problems);
            plugin.providers().forEach(provider -> add(provider, jar));
        } catch (IOException e) {
            problems.add(jar.original() + ": cannot be read: " + e);
            store.release(jar.stored());
        }
    }

    private void add(CheckProvider provider, ExaminedJar jar) {
        String other = providedBy.putIfAbsent(provider.name(), jar.original());
        if (other != null) {
            problems.add(jar.original() + ": plugin '" + provider.plugin().id() + "' provides the check '"
                    + provider.name() + "', as " + other + " does; remove one of the two");
            return;
        }
        providers.put(provider.name(), provider);
    }
}
