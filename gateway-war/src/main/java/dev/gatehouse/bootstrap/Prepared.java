package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.plugin.UnusablePlugins;

/**
 * What a gateway is made of before it touches its database: a config, the plugins and a chain that go together.
 *
 * @param config the config but for the checks
 * @param plugins the loaded plugins
 * @param examiners the threads that ask the checks
 * @param chain the chain that the config names
 * @param doors the checks' doors to the registry, to be opened
 */
record Prepared(
        GatehouseConfig config,
        PluginGeneration plugins,
        Examiners examiners,
        AdmissionChain chain,
        RegistryDoors doors)
        implements AutoCloseable {

    private static final String CHECKS = "checks";
    private static final Set<String> OTHER_VARIABLES =
            Set.of("GATEHOUSE_HOME", "GATEHOUSE_LISTEN_HOST", "GATEHOUSE_LISTEN_PORT");

    /**
     * Reads the config, loads the plugins and builds the chain.
     *
     * @throws StartupFailed with every problem of all three; nothing stays loaded then
     */
    static Prepared from(
            Home home, Map<String, String> environment, List<Path> bundledPlugins, FirstStart firstStart, Clock clock) {
        List<String> problems = new ArrayList<>();
        RecordBinder binder = new RecordBinder(home, environment);
        Map<String, Object> written = new HashMap<>(ConfigFile.read(home.config()));
        Map<String, Object> checks = firstStart.withGatewayToken(takeChecks(written, problems), environment);
        Optional<GatehouseConfig> config = binder.bind(GatehouseConfig.class, "", written, problems);
        Optional<AdmissionSettings> admission =
                config.map(GatehouseConfig::admission).or(() -> admissionAlone(binder, written));
        Optional<PluginGeneration> plugins = load(bundledPlugins, home, problems);
        if (admission.isEmpty() || plugins.isEmpty()) {
            plugins.ifPresent(PluginGeneration::close);
            throw new StartupFailed(problems);
        }
        RegistryDoors doors = new RegistryDoors();
        Examiners examiners = new Examiners(admission.get().threads());
        Optional<AdmissionChain> chain = new ChainBuilder(plugins.get(), binder, checks, doors, clock)
                .build(admission.get(), examiners, problems);
        problems.addAll(binder.unknownVariables(OTHER_VARIABLES));
        if (!problems.isEmpty()) {
            chain.ifPresent(AdmissionChain::close);
            examiners.close();
            plugins.get().close();
            throw new StartupFailed(problems);
        }
        return new Prepared(config.orElseThrow(), plugins.get(), examiners, chain.orElseThrow(), doors);
    }

    /** Ends what is being examined, then closes the checks, then unloads their plugins. */
    @Override
    public void close() {
        examiners.close();
        chain.close();
        plugins.close();
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

    /** Another area is wrong, and reported; with this one the chain can be checked all the same. */
    private static Optional<AdmissionSettings> admissionAlone(RecordBinder binder, Map<String, Object> written) {
        Object area = Optional.ofNullable(written.get("admission")).orElse(Map.of());
        return binder.bind(AdmissionSettings.class, "admission", area, new ArrayList<>());
    }

    private static Optional<PluginGeneration> load(List<Path> bundled, Home home, List<String> problems) {
        try {
            return Optional.of(PluginGeneration.load(
                    Stream.concat(bundled.stream(), home.pluginJars().stream()).toList()));
        } catch (UnusablePlugins e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
