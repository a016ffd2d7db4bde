package dev.gatehouse.chain;

import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.ChainEntry;
import dev.gatehouse.admission.CheckFigures;
import dev.gatehouse.plugin.PluginFacts;

/**
 * A check that a loaded plugin provides.
 *
 * @param check its name
 * @param plugin the plugin that provides it
 * @param line its line in the chain, if it is there
 * @param settings its settings with secrets masked; none for a check that takes none or is not in the chain
 * @param figures what it was asked and answered, if it is in the chain
 */
public record CheckReport(
        String check,
        PluginFacts plugin,
        Optional<ChainEntry> line,
        Map<String, Object> settings,
        Optional<CheckFigures> figures) {}
