package dev.gatehouse.plugin;

import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import org.jspecify.annotations.Nullable;

/**
 * One check that a plugin of a generation provides: the factory, behind deadlines and with the plugin's class loader.
 *
 * <p>Not to be used, nor kept, after its generation was closed. Safe for concurrent use.
 */
public final class CheckProvider {

    private final String name;
    private final Optional<Class<? extends Record>> settings;
    private final PluginFacts plugin;
    private final AdmissionCheckFactory factory;
    private final PluginCalls calls;

    CheckProvider(NamedFactory named, PluginFacts plugin, PluginCalls calls) {
        this.name = named.name();
        this.settings = named.settings();
        this.plugin = plugin;
        this.factory = named.factory();
        this.calls = calls;
    }

    /** The name that the chain uses for the check. */
    public String name() {
        return name;
    }

    /** The plugin that provides it. */
    public PluginFacts plugin() {
        return plugin;
    }

    PluginCalls calls() {
        return calls;
    }

    /** The record that declares its settings, if it takes any. */
    public Optional<Class<? extends Record>> settings() {
        return settings;
    }

    /**
     * Makes the check. Its methods carry the plugin's class loader, and its {@code close} has a deadline; the deadlines
     * of its answers are the chain's.
     *
     * @throws InvalidSettings as the plugin threw it
     * @throws PluginFailure when the plugin hangs, makes no check, or throws an error; with a problem for the operator
     * @throws RuntimeException whatever else the plugin throws
     */
    public AdmissionCheck create(CheckSetup setup) {
        String purpose = "make the check '" + name + "'";
        @Nullable AdmissionCheck check = calls.call(purpose, () -> factory.create(setup));
        if (check == null) {
            throw new PluginFailure("plugin '" + plugin.id() + "' returned null when it was to " + purpose
                    + "; ask its author, or remove it");
        }
        return PluginCheck.around(check, name, calls);
    }

    /**
     * A factory and what it said about itself when it was loaded.
     *
     * @param factory the plugin's factory
     * @param name its name
     * @param settings the record of its settings
     */
    record NamedFactory(AdmissionCheckFactory factory, String name, Optional<Class<? extends Record>> settings) {}
}
