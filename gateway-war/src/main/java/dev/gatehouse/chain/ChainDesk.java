package dev.gatehouse.chain;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.ChainEntry;
import dev.gatehouse.admission.CheckFigures;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.Explanation;
import dev.gatehouse.config.ConfigSchema;
import dev.gatehouse.config.InvalidConfig;
import dev.gatehouse.config.SettingsView;
import dev.gatehouse.plugin.CheckProvider;
import dev.gatehouse.plugin.PluginFacts;
import dev.gatehouse.spi.ConnectContext;

/** What operators ask about the chain, and tell it. Safe for concurrent use; every method may block. */
public final class ChainDesk {

    private static final int THREADS_OF_A_TRIAL = 2;

    private final ChainReloader chains;
    private final RegistryDoors doors;
    private final Function<String, WrittenChain> configs;
    private final Class<? extends Record> areas;
    private final Clock clock;

    /**
     * A desk.
     *
     * @param configs reads a config that is not in force; throws {@link InvalidConfig} when it is no YAML
     * @param areas the record of the whole config
     */
    public ChainDesk(
            ChainReloader chains,
            RegistryDoors doors,
            Function<String, WrittenChain> configs,
            Class<? extends Record> areas,
            Clock clock) {
        this.chains = chains;
        this.doors = doors;
        this.configs = configs;
        this.areas = areas;
        this.clock = clock;
    }

    /** The chain in force. */
    public ChainReport chain() {
        ChainGeneration current = chains.current();
        Map<String, CheckReport> byName =
                reports(current).stream().collect(Collectors.toMap(CheckReport::check, report -> report));
        List<CheckReport> inOrder =
                current.chain().names().stream().map(byName::get).toList();
        return new ChainReport(
                current.builtAt(), inOrder, chains.incompleteJars(), chains.leftovers(), chains.reports());
    }

    /** Every check that a loaded plugin provides, in the chain or not, by name. */
    public List<CheckReport> checks() {
        return reports(chains.current());
    }

    /** What became of the last attempt to put in force what is on disk. */
    public ReloadReport lastReload() {
        return chains.last();
    }

    /** What became of all attempts to put something else in force. */
    public ReloadCounts reloads() {
        return chains.counts();
    }

    /** The jars in the plugins folder that are waited for. */
    public List<String> incompleteJars() {
        return chains.incompleteJars();
    }

    /** The plugins that are loaded now. */
    public List<PluginFacts> plugins() {
        return chains.current().plugins().plugins();
    }

    /** What each check in the chain was asked and answered since the chain came into force, in order. */
    public List<CheckFigures> figures() {
        return chains.current().chain().figures();
    }

    /** Puts in force what is on disk. */
    public ReloadReport reload() {
        return chains.reload("an operator asked for it");
    }

    /** What the chain in force says about a connection; nothing comes of it. */
    public Explanation explain(ConnectContext context) {
        return chains.current().rehearsal().explain(context);
    }

    /**
     * What the checks of the chain in force that judge upgrades say about a connection that was decided before; nothing
     * comes of it.
     *
     * @throws IllegalStateException when another chain takes its place at this moment
     */
    public Explanation explainUpgrade(ConnectContext context) {
        return chains.current().rehearsal().explainUpgrade(context);
    }

    /**
     * What the chain of another config would say, with the plugins that are loaded now; nothing comes of it.
     *
     * @throws InvalidConfig with every problem of the config
     */
    public Explanation explain(ConnectContext context, String config) {
        WrittenChain written = configs.apply(config);
        try (Examiners examiners = new Examiners(THREADS_OF_A_TRIAL)) {
            Optional<AdmissionChain> trial =
                    new ChainBuilder(chains.current().plugins(), written, doors, clock).rehearse(examiners);
            if (trial.isEmpty() || !written.problems().isEmpty()) {
                trial.ifPresent(AdmissionChain::close);
                throw new InvalidConfig(written.problems());
            }
            try (AdmissionChain chain = trial.get()) {
                return chain.explain(context);
            }
        }
    }

    /** The JSON schema of the config, with the settings of every check that is loaded. */
    public ObjectNode schema() {
        return schema(chains.current(), areas);
    }

    /** The JSON schema of a config for these plugins. */
    public static ObjectNode schema(ChainGeneration generation, Class<? extends Record> areas) {
        Map<String, Optional<Class<? extends Record>>> checks = new TreeMap<>();
        generation.settings().forEach((name, own) -> checks.put(name, own.declared()));
        return ConfigSchema.of(areas, checks, Map.of("admission.chain.check", List.copyOf(checks.keySet())));
    }

    private static List<CheckReport> reports(ChainGeneration generation) {
        Map<String, ChainEntry> lines = new HashMap<>();
        generation.admission().chain().forEach(line -> lines.put(line.check(), line));
        Map<String, CheckFigures> figures = new HashMap<>();
        generation.chain().figures().forEach(own -> figures.put(own.check(), own));
        return generation.plugins().providers().stream()
                .map(provider -> report(generation, provider, lines, figures))
                .toList();
    }

    private static CheckReport report(
            ChainGeneration generation,
            CheckProvider provider,
            Map<String, ChainEntry> lines,
            Map<String, CheckFigures> figures) {
        String name = provider.name();
        Optional<ChainEntry> line = Optional.ofNullable(lines.get(name));
        Map<String, Object> settings = line.flatMap(
                        inChain -> Optional.ofNullable(generation.settings().get(name)))
                .flatMap(own -> own.bound().map(SettingsView::of))
                .orElse(Map.of());
        return new CheckReport(name, provider.plugin(), line, settings, Optional.ofNullable(figures.get(name)));
    }
}
