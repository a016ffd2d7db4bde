package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.chain.Candidate;
import dev.gatehouse.chain.ChainBuilder;
import dev.gatehouse.chain.ChainGeneration;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.chain.RegistryDoors;
import dev.gatehouse.chain.WrittenChain;
import dev.gatehouse.config.ConfigFile;
import dev.gatehouse.config.Home;
import dev.gatehouse.config.InvalidConfig;
import dev.gatehouse.config.RecordBinder;
import dev.gatehouse.config.SettingOrigin;
import dev.gatehouse.device.DatabaseSettings;
import dev.gatehouse.plugin.JarStore;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.plugin.PluginSettings;
import dev.gatehouse.plugin.PluginTrust;
import dev.gatehouse.plugin.UnusablePlugins;

/**
 * Reads what is on disk, and makes of it a config, plugins and a chain that go together: at start and at every reload.
 * Confined to one thread at a time.
 */
final class Preparation {

    private static final String CHECKS = "checks";
    private static final Set<String> OTHER_VARIABLES =
            Set.of("GATEHOUSE_HOME", "GATEHOUSE_LISTEN_HOST", "GATEHOUSE_LISTEN_PORT");

    private final Home home;
    private final Path config;
    private final Map<String, String> environment;
    private final List<Path> bundledPlugins;
    private final FirstStart firstStart;
    private final JarStore jars;
    private final RegistryDoors doors;
    private final Duration patience;
    private final Clock clock;
    private Optional<DatabaseSettings> opened = Optional.empty();

    /**
     * A preparation.
     *
     * @param config the config file
     * @param loadedPlugins the folder for private copies of the plugins; what is in it is removed
     * @param patience a jar that is not whole is waited for at first, unless it was last written to longer ago
     */
    Preparation(
            Home home,
            Path config,
            Map<String, String> environment,
            List<Path> bundledPlugins,
            FirstStart firstStart,
            Path loadedPlugins,
            RegistryDoors doors,
            Duration patience,
            Clock clock) {
        this.home = home;
        this.config = config;
        this.environment = environment;
        this.bundledPlugins = bundledPlugins;
        this.firstStart = firstStart;
        this.jars = new JarStore(loadedPlugins);
        this.doors = doors;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What one config says.
     *
     * @param config the config but for the checks, if every area is right
     * @param plugins the plugins, if that area is right
     * @param chain what the chain is built from
     */
    private record Written(Optional<GatehouseConfig> config, Optional<PluginSettings> plugins, WrittenChain chain) {}

    /**
     * Reads the config, loads the plugins and builds the chain.
     *
     * @param whenInForce is given the config, and where each setting comes from, when the candidate is put in force
     * @throws InvalidConfig with every problem of all three; nothing stays loaded then
     */
    Candidate prepare(BiConsumer<GatehouseConfig, Map<String, SettingOrigin>> whenInForce) {
        FolderSight configSight = FolderSight.of(config);
        Written written = read(ConfigFile.read(config));
        List<String> problems = written.chain().problems();
        FolderSight sight =
                written.plugins().map(own -> withJars(configSight, folder(own))).orElse(configSight);
        Optional<PluginGeneration> plugins =
                written.plugins().flatMap(settings -> load(settings, sight.jars(), problems));
        if (plugins.isEmpty()) {
            throw new InvalidConfig(problems);
        }
        Optional<ChainGeneration> generation = build(written, plugins.get());
        problems.addAll(written.chain().binder().unknownVariables(OTHER_VARIABLES));
        if (generation.isEmpty() || !problems.isEmpty()) {
            generation.ifPresentOrElse(ChainGeneration::close, plugins.get()::close);
            throw new InvalidConfig(problems);
        }
        GatehouseConfig next = written.config().orElseThrow();
        List<String> warnings = new ArrayList<>(ChainBuilder.warnings(next.admission(), clock));
        warnings.addAll(next.network().warnings());
        warnings.addAll(next.metrics().warnings());
        if (opened.filter(inUse -> !inUse.equals(next.database())).isPresent()) {
            warnings.add("database: changed, which takes a restart; the gateway goes on with the database it has open");
        }
        opened = opened.or(() -> Optional.of(next.database()));
        Map<String, SettingOrigin> origins = origins(written);
        return new Candidate(generation.get(), sight, () -> whenInForce.accept(next, origins), warnings);
    }

    /** The secret that the gateway made for itself is bound as if the file named it. */
    private Map<String, SettingOrigin> origins(Written written) {
        Map<String, SettingOrigin> origins =
                new TreeMap<>(written.chain().binder().origins());
        if (firstStart.isGatewayToken(written.chain().checks())) {
            origins.put(FirstStart.SETTING, SettingOrigin.DEFAULT);
        }
        return origins;
    }

    /** A running gateway looks again at a jar that is half copied; one that starts would fail on it. */
    private FolderSight withJars(FolderSight config, Path folder) {
        return opened.isPresent() ? config.withJarsOf(folder) : config.withWholeJarsOf(folder, patience);
    }

    /** What is on disk now, seen with the config in force. */
    FolderSight sight(GatehouseConfig running) {
        return FolderSight.of(config).withJarsOf(folder(running.plugins()));
    }

    /** What a config that is not on disk says about the chain. */
    WrittenChain readText(String yaml) {
        return read(ConfigFile.parse(yaml, "config")).chain();
    }

    /** Binds every area of a config; problems of one do not keep the others from being looked at. */
    private Written read(Map<String, Object> tree) {
        List<String> problems = new ArrayList<>();
        RecordBinder binder = new RecordBinder(home, environment);
        Map<String, Object> areas = new HashMap<>(tree);
        Map<String, Object> checks = firstStart.withGatewayToken(takeChecks(areas, problems), environment);
        Optional<GatehouseConfig> whole = binder.bind(GatehouseConfig.class, "", areas, problems);
        Optional<AdmissionSettings> admission = whole.map(GatehouseConfig::admission)
                .or(() -> alone(AdmissionSettings.class, "admission", binder, areas))
                .or(() -> chainAlone(binder, areas));
        Optional<PluginSettings> plugins =
                whole.map(GatehouseConfig::plugins).or(() -> alone(PluginSettings.class, "plugins", binder, areas));
        return new Written(whole, plugins, new WrittenChain(admission, checks, binder, problems));
    }

    /** The folder of the operator's plugins. */
    Path folder(PluginSettings settings) {
        return home.root().resolve(settings.folder()).normalize();
    }

    private Optional<ChainGeneration> build(Written written, PluginGeneration plugins) {
        return new ChainBuilder(plugins, written.chain(), doors, clock).build();
    }

    private Optional<PluginGeneration> load(PluginSettings settings, List<Path> dropped, List<String> problems) {
        try {
            PluginTrust trust = settings.trust()
                    .map(entries -> PluginTrust.of(entries, home.root()))
                    .orElseGet(PluginTrust::everything);
            return Optional.of(PluginGeneration.load(bundledPlugins, dropped, trust, jars));
        } catch (UnusablePlugins e) {
            problems.addAll(e.problems());
        } catch (IllegalArgumentException e) {
            problems.addAll(String.valueOf(e.getMessage()).lines().toList());
        }
        return Optional.empty();
    }

    /** A name with nothing under it, as when every line there is commented out, is as good as no name. */
    private static Map<String, Object> takeChecks(Map<String, Object> written, List<String> problems) {
        Object checks = Optional.ofNullable(written.remove(CHECKS)).orElse(Map.of());
        if (checks instanceof Map<?, ?> settings) {
            Map<String, Object> given = new HashMap<>();
            settings.forEach((name, own) -> given.put(
                    String.valueOf(name), Optional.<Object>ofNullable(own).orElse(Map.of())));
            return given;
        }
        problems.add(CHECKS + ": must be a mapping from the name of a check to its settings");
        return Map.of();
    }

    /** Something else in its area is wrong, and reported; the checks that the chain names can be looked at all the same. */
    private static Optional<AdmissionSettings> chainAlone(RecordBinder binder, Map<String, Object> written) {
        return written.get("admission") instanceof Map<?, ?> area && area.containsKey("chain")
                ? binder.bind(
                        AdmissionSettings.class,
                        "admission",
                        Collections.singletonMap("chain", area.get("chain")),
                        new ArrayList<>())
                : Optional.empty();
    }

    /** Another area is wrong, and reported; with this one the chain can be checked all the same. */
    private static <T extends Record> Optional<T> alone(
            Class<T> type, String area, RecordBinder binder, Map<String, Object> written) {
        Object own = Optional.ofNullable(written.get(area)).orElse(Map.of());
        return binder.bind(type, area, own, new ArrayList<>());
    }
}
