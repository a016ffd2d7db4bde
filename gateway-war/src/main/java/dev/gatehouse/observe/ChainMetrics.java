package dev.gatehouse.observe;

import java.util.List;

import dev.gatehouse.admission.CheckFigures;
import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.chain.ReloadCounts;
import dev.gatehouse.plugin.PluginFacts;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * What there is to know about the chain in force and its plugins, read when somebody scrapes. What is counted of checks
 * begins again with each chain, as counters do when a process starts. Safe for concurrent use.
 */
final class ChainMetrics implements MultiCollector {

    private static final String CHECK = "check";

    private final ChainDesk desk;

    ChainMetrics(ChainDesk desk) {
        this.desk = desk;
    }

    @Override
    public MetricSnapshots collect() {
        List<CheckFigures> checks = desk.figures();
        List<PluginFacts> plugins = desk.plugins();
        return MetricSnapshots.of(
                CheckTimes.of(checks),
                answers(checks),
                circuits(checks),
                plugins(plugins),
                pluginInfo(plugins),
                reloads(),
                isCurrent());
    }

    private static CounterSnapshot answers(List<CheckFigures> checks) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name("gatehouse_check_answers")
                .help("What checks answered since the chain came into force; shadow checks too");
        for (CheckFigures check : checks) {
            counter.dataPoint(answer(check, "passed", check.passed()))
                    .dataPoint(answer(check, "identified", check.identified()))
                    .dataPoint(answer(check, "absent", check.absent()))
                    .dataPoint(answer(check, "vetoed", check.vetoed()))
                    .dataPoint(answer(check, "failed", check.failed()))
                    .dataPoint(answer(check, "not_asked", check.notAsked()));
        }
        return counter.build();
    }

    private static CounterDataPointSnapshot answer(CheckFigures check, String answer, long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(CHECK, check.check(), "mode", CheckTimes.lowerCase(check.mode()), "answer", answer))
                .value((double) count)
                .build();
    }

    private static GaugeSnapshot circuits(List<CheckFigures> checks) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("gatehouse_circuit_open")
                .help("1 while a check failed so often in a row that it is not asked");
        checks.forEach(check -> gauge.dataPoint(
                point(Labels.of(CHECK, check.check()), check.breaker() == CheckFigures.Breaker.CLOSED ? 0 : 1)));
        return gauge.build();
    }

    private GaugeSnapshot plugins(List<PluginFacts> plugins) {
        long bundled = plugins.stream().filter(PluginFacts::bundled).count();
        return GaugeSnapshot.builder()
                .name("gatehouse_plugins")
                .help("Plugins that came with the gateway, that the operator added, and jars that are not whole")
                .dataPoint(point(state("bundled"), (double) bundled))
                .dataPoint(point(state("added"), (double) (plugins.size() - bundled)))
                .dataPoint(point(state("incomplete"), desk.incompleteJars().size()))
                .build();
    }

    private static InfoSnapshot pluginInfo(List<PluginFacts> plugins) {
        InfoSnapshot.Builder info =
                InfoSnapshot.builder().name("gatehouse_plugin").help("The plugins that are loaded, and their versions");
        plugins.forEach(plugin -> info.dataPoint(InfoDataPointSnapshot.builder()
                .labels(Labels.of("plugin", plugin.id(), "version", plugin.version()))
                .build()));
        return info.build();
    }

    private CounterSnapshot reloads() {
        ReloadCounts counts = desk.reloads();
        return CounterSnapshot.builder()
                .name("gatehouse_chain_reloads")
                .help("Attempts to put another chain in force")
                .dataPoint(reload("swapped", counts.swapped()))
                .dataPoint(reload("rejected", counts.rejected()))
                .build();
    }

    private static CounterDataPointSnapshot reload(String outcome, long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("outcome", outcome))
                .value((double) count)
                .build();
    }

    private GaugeSnapshot isCurrent() {
        return GaugeSnapshot.builder()
                .name("gatehouse_chain_current")
                .help("1 while what is on disk is in force, 0 after a reload that was rejected")
                .dataPoint(point(Labels.EMPTY, desk.lastReload().inForce() ? 1 : 0))
                .build();
    }

    private static Labels state(String state) {
        return Labels.of("state", state);
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
