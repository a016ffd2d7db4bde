package dev.gatehouse.bootstrap;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.InvalidSettings;

/** Builds the chain that the config names from the checks that plugins provide: whole, or not at all. */
final class ChainBuilder {

    private static final String CHECKS = "checks";

    private final PluginGeneration plugins;
    private final RecordBinder binder;
    private final Map<String, Object> checkSettings;
    private final RegistryDoors devices;
    private final Clock clock;

    ChainBuilder(
            PluginGeneration plugins,
            RecordBinder binder,
            Map<String, Object> checkSettings,
            RegistryDoors devices,
            Clock clock) {
        this.plugins = plugins;
        this.binder = binder;
        this.checkSettings = checkSettings;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * Builds the chain.
     *
     * @param problems where to put what is wrong: an empty chain, a name given twice, a name that no plugin provides,
     *     settings that a check rejects, and settings for a check that does not exist
     * @return the chain, or empty when something is wrong
     */
    Optional<AdmissionChain> build(AdmissionSettings settings, Examiners examiners, List<String> problems) {
        int before = problems.size();
        if (settings.chain().isEmpty()) {
            problems.add("admission.chain: is empty, and an empty chain admits nobody; name at least one of "
                    + String.join(", ", plugins.names()));
        }
        if (new LinkedHashSet<>(settings.chain()).size() < settings.chain().size()) {
            problems.add("admission.chain: names a check twice in " + settings.chain() + "; remove one");
        }
        List<NamedCheck> checks = new ArrayList<>();
        for (String name : settings.chain()) {
            create(name, problems).ifPresent(checks::add);
        }
        strayCheckSettings(problems);
        if (problems.size() > before) {
            checks.forEach(check -> check.check().close());
            return Optional.empty();
        }
        return Optional.of(new AdmissionChain(checks, settings, examiners));
    }

    private Optional<NamedCheck> create(String name, List<String> problems) {
        Optional<AdmissionCheckFactory> factory = plugins.factory(name);
        if (factory.isEmpty()) {
            problems.add("admission.chain: no loaded plugin provides '" + name + "' (loaded: "
                    + String.join(", ", plugins.names()) + "); copy its plugin into plugins/ or remove the name");
            return Optional.empty();
        }
        Object settings = checkSettings.getOrDefault(name, Map.of());
        BoundCheckSetup setup = new BoundCheckSetup(name, settings, binder, devices, clock);
        Optional<NamedCheck> check = create(name, factory.get(), setup, problems);
        problems.addAll(setup.problems());
        return check;
    }

    private static Optional<NamedCheck> create(
            String name, AdmissionCheckFactory factory, BoundCheckSetup setup, List<String> problems) {
        try {
            return Optional.of(new NamedCheck(name, factory.create(setup)));
        } catch (InvalidSettings e) {
            String place = CHECKS + "." + name;
            e.problems().forEach(problem -> problems.add(problem.startsWith(place) ? problem : place + "." + problem));
        } catch (RuntimeException | LinkageError e) {
            problems.add("admission.chain: the plugin of '" + name + "' threw " + e + " while it made the check;"
                    + " ask its author, or remove the name");
        }
        return Optional.empty();
    }

    private void strayCheckSettings(List<String> problems) {
        checkSettings.keySet().stream()
                .filter(name -> plugins.factory(name).isEmpty())
                .map(name -> CHECKS + "." + name + ": no loaded plugin provides a check of this name (loaded: "
                        + String.join(", ", plugins.names()) + ")")
                .forEach(problems::add);
    }
}
