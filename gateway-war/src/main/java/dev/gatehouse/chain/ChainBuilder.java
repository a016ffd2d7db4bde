package dev.gatehouse.chain;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.ChainEntry;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.Mode;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.plugin.CheckProvider;
import dev.gatehouse.plugin.PluginFailure;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.InvalidSettings;

/** Builds the chain that the config names from the checks that plugins provide: whole, or not at all. */
public final class ChainBuilder {

    private static final String CHAIN = "admission.chain";
    private static final String CHECKS = "checks";

    private final PluginGeneration plugins;
    private final WrittenChain written;
    private final Map<String, CheckSettings> settings = new TreeMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final RegistryDoors doors;
    private final Clock clock;

    /**
     * A builder of one chain.
     *
     * @param plugins the loaded plugins
     * @param written what the config says; what is wrong with it is added to its problems
     */
    public ChainBuilder(PluginGeneration plugins, WrittenChain written, RegistryDoors doors, Clock clock) {
        this.plugins = plugins;
        this.written = written;
        this.doors = doors;
        this.clock = clock;
        for (CheckProvider provider : plugins.providers()) {
            String name = provider.name();
            Object own = written.checks().getOrDefault(name, Map.of());
            settings.put(name, CheckSettings.bind(written.binder(), place(name), provider.settings(), own));
        }
    }

    /**
     * Builds the chain, which takes the plugins over.
     *
     * @return the chain; empty when it is empty, names a check twice or one that no plugin provides, when a check
     *     rejects its settings, or there are settings for a check that does not exist
     */
    public Optional<ChainGeneration> build() {
        return examine()
                .flatMap(admission -> make(admission, doors::live)
                        .map(checks -> new ChainGeneration(
                                plugins, admission, checks, settings, () -> remake(admission), clock.instant())));
    }

    /** Builds the chain for trying things out: nothing that its checks do has an effect, and the plugins stay whose they are. */
    Optional<AdmissionChain> rehearse(Examiners examiners) {
        return examine()
                .flatMap(admission -> make(admission, doors::rehearsal)
                        .map(checks -> new AdmissionChain(checks, admission, examiners)));
    }

    private List<NamedCheck> remake(AdmissionSettings admission) {
        return make(admission, doors::rehearsal)
                .orElseThrow(() -> new IllegalStateException("the chain could not be made again: " + problems));
    }

    /** Looks for everything that is wrong without making a check. */
    private Optional<AdmissionSettings> examine() {
        settings.forEach((name, own) -> {
            if (written.checks().containsKey(name)) {
                problems.addAll(own.problems());
            }
        });
        written.checks().keySet().stream()
                .filter(name -> !settings.containsKey(name))
                .map(name ->
                        place(name) + ": no loaded plugin provides a check of this name (loaded: " + loaded() + ")")
                .forEach(problems::add);
        written.admission().map(AdmissionSettings::chain).ifPresent(this::examineEntries);
        return written.admission();
    }

    private Optional<List<NamedCheck>> make(AdmissionSettings admission, Supplier<Doors> enforced) {
        List<NamedCheck> checks = new ArrayList<>();
        for (ChainEntry entry : admission.chain()) {
            Doors own = entry.mode() == Mode.SHADOW ? doors.rehearsal() : enforced.get();
            create(entry, own).ifPresent(checks::add);
        }
        written.problems().addAll(problems);
        if (!problems.isEmpty()) {
            checks.forEach(made -> made.check().close());
            return Optional.empty();
        }
        return Optional.of(checks);
    }

    /** What the operator should know about a chain that is all right. */
    public static List<String> warnings(AdmissionSettings admission, Clock clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return admission.chain().stream()
                .filter(entry -> entry.isOverdue(today))
                .map(entry -> CHAIN + ": '" + entry.check() + "' in mode "
                        + entry.mode().name().toLowerCase(Locale.ROOT) + " was to be looked at by "
                        + entry.until().map(LocalDate::toString).orElse("now")
                        + "; enforce it, remove it, or give it another date")
                .toList();
    }

    private void examineEntries(List<ChainEntry> entries) {
        if (entries.stream().noneMatch(entry -> entry.mode() == Mode.ENFORCE)) {
            problems.add(CHAIN + (entries.isEmpty() ? ": is empty" : ": has checks in shadow mode alone")
                    + ", and such a chain admits nobody; name at least one of " + loaded());
        }
        Set<String> named = new HashSet<>();
        entries.stream()
                .map(ChainEntry::check)
                .filter(name -> !named.add(name))
                .forEach(name -> problems.add(CHAIN + ": names the check '" + name + "' twice; remove one"));
    }

    private Optional<NamedCheck> create(ChainEntry entry, Doors own) {
        String name = entry.check();
        Optional<CheckProvider> provider = plugins.provider(name);
        if (provider.isEmpty()) {
            problems.add(CHAIN + ": no loaded plugin provides '" + name + "' (loaded: " + loaded()
                    + "); copy its plugin into plugins/ or remove the name");
            return Optional.empty();
        }
        CheckSettings bound = Optional.ofNullable(settings.get(name)).orElseThrow();
        problems.addAll(bound.problems());
        try {
            AdmissionCheck check = provider.get().create(new GatewayCheckSetup(name, bound, own, clock));
            return Optional.of(new NamedCheck(name, entry.mode(), check));
        } catch (InvalidSettings e) {
            e.problems().forEach(problem -> problems.add(placed(name, problem)));
        } catch (PluginFailure e) {
            problems.add(CHAIN + ": " + e.problem());
        } catch (RuntimeException | LinkageError e) {
            problems.add(CHAIN + ": the plugin of '" + name + "' ("
                    + provider.get().plugin().fileName() + ") threw " + e
                    + " while it made the check; ask its author, or remove the name");
        }
        return Optional.empty();
    }

    private String loaded() {
        return plugins.providers().stream().map(CheckProvider::name).collect(Collectors.joining(", "));
    }

    private static String placed(String name, String problem) {
        return problem.startsWith(place(name)) ? problem : place(name) + "." + problem;
    }

    private static String place(String name) {
        return CHECKS + "." + name;
    }
}
