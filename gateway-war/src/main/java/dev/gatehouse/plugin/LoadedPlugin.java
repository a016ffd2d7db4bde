package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gatehouse.plugin.CheckProvider.NamedFactory;
import dev.gatehouse.spi.AdmissionCheckFactory;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.pf4j.processor.ExtensionStorage;

/** One plugin from its start to its end. Confined to the thread that loads it, then to the one that closes it. */
final class LoadedPlugin {

    private static final System.Logger LOG = System.getLogger(LoadedPlugin.class.getName());
    private static final Pattern CHECK_NAME = Pattern.compile("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_INDEX_BYTES = 1024 * 1024;
    private static final String INDEX = "META-INF/extensions.idx";

    private final ExaminedJar jar;
    private final JarClassLoader loader;
    private final PluginCalls calls;
    private final SinglePluginManager manager;
    private final List<NamedFactory> factories = new ArrayList<>();

    /**
     * A plugin that has not been started; nothing of it has been run.
     *
     * @param deadline how long each call into it may take
     */
    LoadedPlugin(ExaminedJar jar, Duration deadline) throws IOException {
        this.jar = jar;
        this.loader = new JarClassLoader(
                id(), jar.file(), jar.stored().copy().toUri().toURL(), LoadedPlugin.class.getClassLoader());
        this.calls = new PluginCalls(id(), loader, deadline);
        this.manager = new SinglePluginManager(jar, loader);
    }

    JarClassLoader loader() {
        return loader;
    }

    /** Starts the plugin and makes its factories; what fails is added to the problems, after the name of the jar. */
    void start(List<String> problems) {
        try {
            startPlugin();
            makeFactories();
        } catch (UnusableJar e) {
            problems.add(jar.original() + ": " + e.problem());
        }
    }

    /** The checks of the started plugin. */
    List<CheckProvider> providers() {
        PluginFacts facts = facts();
        return factories.stream()
                .map(factory -> new CheckProvider(factory, facts, calls))
                .toList();
    }

    PluginFacts facts() {
        return new PluginFacts(
                id(),
                jar.descriptor().getVersion(),
                ExaminedJar.requires(jar.descriptor()),
                ExaminedJar.provider(jar.descriptor()),
                String.valueOf(jar.stored().original().getFileName()),
                jar.stored().sha256(),
                jar.stored().size(),
                jar.bundled(),
                jar.signers().stream().map(Signer::toString).toList(),
                factories.stream().map(NamedFactory::name).sorted().toList());
    }

    /** Stops the plugin, and what it made that would go on without it. */
    void stop() {
        factories.clear();
        if (manager.getPlugin(id()) != null && manager.getPlugin(id()).getPluginState() == PluginState.STARTED) {
            attempt("stop", () -> manager.stopPlugin(id()));
        }
        loader.kept().forEach(kept -> attempt("end " + kept.getClass().getName(), () -> loader.end(kept)));
    }

    /** Closes the jar and gives its copy back; to be called when the threads of the plugin have ended. */
    void unload(JarStore store) {
        ResourceBundle.clearCache(loader);
        try {
            loader.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, jar.original() + ": the copy of this jar cannot be closed", e);
        }
        store.release(jar.stored());
    }

    private String id() {
        return jar.descriptor().getPluginId();
    }

    private void startPlugin() throws UnusableJar {
        try {
            calls.call(
                    "start",
                    () -> manager.startPlugin(manager.loadPlugin(jar.stored().copy())));
        } catch (RuntimeException e) {
            throw new UnusableJar(calls.problem("start", e), e);
        }
        PluginWrapper plugin = manager.getPlugin(id());
        if (plugin.getPluginState() != PluginState.STARTED) {
            throw new UnusableJar(calls.problem("start", plugin.getFailedException()));
        }
    }

    private void makeFactories() throws UnusableJar {
        for (String type : index()) {
            String purpose = "make its factory " + type;
            try {
                calls.call(purpose, () -> makeFactory(type)).ifPresent(factories::add);
            } catch (RuntimeException e) {
                throw new UnusableJar(calls.problem(purpose, e), e);
            }
        }
        if (factories.isEmpty()) {
            throw new UnusableJar("plugin '" + id() + "' provides no check; build it with PF4J's annotation processor,"
                    + " which writes " + INDEX + " from the factories that carry @Extension");
        }
        for (NamedFactory factory : factories) {
            if (!CHECK_NAME.matcher(factory.name()).matches()) {
                throw new UnusableJar("plugin '" + id() + "' has a check of the name " + Quoted.value(factory.name())
                        + "; a name is lower-case words joined by hyphens, at most 64 characters (factory "
                        + factory.factory().getClass().getName() + ")");
            }
        }
    }

    private Set<String> index() throws UnusableJar {
        Set<String> names = new LinkedHashSet<>();
        try (var index = loader.getResourceAsStream(INDEX)) {
            if (index != null) {
                String lines = new String(index.readNBytes(MAX_INDEX_BYTES), StandardCharsets.UTF_8);
                ExtensionStorage.read(new StringReader(lines), names);
            }
            return names;
        } catch (IOException e) {
            throw new UnusableJar("has an " + INDEX + " that cannot be read: " + e.getMessage(), e);
        }
    }

    /** Runs in the plugin's name: static initialisers, the constructor, and what the factory says about itself. */
    private Optional<NamedFactory> makeFactory(String type) throws ReflectiveOperationException {
        Class<?> loaded = Class.forName(type, true, loader);
        if (!AdmissionCheckFactory.class.isAssignableFrom(loaded)) {
            return Optional.empty();
        }
        var factory =
                loaded.asSubclass(AdmissionCheckFactory.class).getConstructor().newInstance();
        String name = answered(factory.name(), type, "name()");
        return Optional.of(new NamedFactory(factory, name, answered(factory.settings(), type, "settings()")));
    }

    private <T> T answered(@Nullable T answer, String type, String method) {
        if (answer == null) {
            throw new PluginFailure("plugin '" + id() + "' has a factory " + type + " that returns null from " + method
                    + "; ask its author, or remove it");
        }
        return answer;
    }

    private void attempt(String purpose, Runnable call) {
        try {
            calls.call(purpose, () -> {
                call.run();
                return true;
            });
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, calls.problem(purpose, e));
        }
    }
}
