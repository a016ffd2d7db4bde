package dev.gatehouse.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.Mode;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.plugin.PluginGeneration;

/**
 * A chain with all that it stands on: the plugins, and the threads that ask their checks. Built by {@link ChainBuilder},
 * closed as a whole. Safe for concurrent use.
 */
public final class ChainGeneration implements AutoCloseable {

    private final PluginGeneration plugins;
    private final AdmissionSettings admission;
    private final Examiners examiners;
    private final AdmissionChain chain;
    private final Map<String, CheckSettings> settings;
    private final Supplier<List<NamedCheck>> again;
    private final Instant builtAt;

    // guarded by this
    private Optional<AdmissionChain> rehearsal = Optional.empty();
    private boolean closed;

    /**
     * A generation of these checks, which it closes with the plugins.
     *
     * @param again makes the checks once more, with doors that change nothing
     */
    ChainGeneration(
            PluginGeneration plugins,
            AdmissionSettings admission,
            List<NamedCheck> checks,
            Map<String, CheckSettings> settings,
            Supplier<List<NamedCheck>> again,
            Instant builtAt) {
        this.plugins = plugins;
        this.admission = admission;
        this.examiners = new Examiners(admission.threads());
        this.chain = new AdmissionChain(checks, admission, examiners);
        this.settings = Map.copyOf(settings);
        this.again = again;
        this.builtAt = builtAt;
    }

    /** The chain that decides. */
    public AdmissionChain chain() {
        return chain;
    }

    public AdmissionSettings admission() {
        return admission;
    }

    /** The checks in order for people, with the mode of those that decide nothing. */
    public String described() {
        return admission.chain().stream()
                .map(entry -> entry.check() + (entry.mode() == Mode.SHADOW ? " (shadow)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** The operator's own plugins for people; empty when there are none. */
    public String ownPlugins() {
        return plugins.plugins().stream()
                .filter(plugin -> !plugin.bundled())
                .map(plugin -> plugin.id() + " " + plugin.version())
                .collect(Collectors.joining(", "));
    }

    PluginGeneration plugins() {
        return plugins;
    }

    /** The settings of each loaded check, by name. */
    Map<String, CheckSettings> settings() {
        return settings;
    }

    Instant builtAt() {
        return builtAt;
    }

    /** The same chain for trying things out; made when it is first asked for. */
    synchronized AdmissionChain rehearsal() {
        if (closed) {
            throw new IllegalStateException("this chain has ended");
        }
        AdmissionChain known = rehearsal.orElseGet(() -> new AdmissionChain(again.get(), admission, examiners));
        rehearsal = Optional.of(known);
        return known;
    }

    /** How long a connection may be on its way through the chain, but for the time that the client takes. */
    Duration longestDecision() {
        return admission.chainDeadline().multipliedBy(2);
    }

    /** Ends what is being examined, then closes the checks, then unloads their plugins. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        examiners.close();
        chain.close();
        rehearsal.ifPresent(AdmissionChain::close);
        plugins.close();
    }
}
