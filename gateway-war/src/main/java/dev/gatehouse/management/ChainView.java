package dev.gatehouse.management;

import java.time.LocalDate;
import java.util.List;

import dev.gatehouse.chain.ChainReport;
import dev.gatehouse.chain.ReloadReport;

/**
 * The chain in force as the API shows it.
 *
 * @param state "current" when it is what is on disk, "stale" when what is on disk could not be put in force
 * @param problems why it is stale, and what to do
 */
record ChainView(
        String state,
        String since,
        List<CheckView> checks,
        List<String> problems,
        List<String> warnings,
        List<String> incompleteJars,
        List<String> leftoverThreads,
        List<ReloadView> reloads) {

    /** One attempt to put in force what is on disk. */
    record ReloadView(String at, String trigger, boolean inForce, List<String> problems, List<String> warnings) {

        static ReloadView of(ReloadReport report) {
            return new ReloadView(
                    CheckView.written(report.at()),
                    report.trigger(),
                    report.inForce(),
                    report.problems(),
                    report.warnings());
        }
    }

    static ChainView of(ChainReport report, LocalDate today) {
        ReloadReport last = report.lastReload();
        return new ChainView(
                state(last),
                CheckView.written(report.since()),
                report.checks().stream()
                        .map(check -> CheckView.of(check, today))
                        .toList(),
                last.problems(),
                last.warnings(),
                report.incompleteJars(),
                report.leftovers(),
                report.reloads().stream().map(ReloadView::of).toList());
    }

    static String state(ReloadReport last) {
        return last.inForce() ? "current" : "stale";
    }
}
