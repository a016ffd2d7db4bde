package dev.gatehouse.chain;

import java.time.Instant;
import java.util.List;

/**
 * The chain in force, and whether it is what is on disk.
 *
 * @param since when it came into force
 * @param checks its checks, in order
 * @param incompleteJars jars in the plugins folder that are waited for
 * @param leftovers threads of plugins that were replaced and that did not stop
 * @param reloads the last attempts to put in force what is on disk, the latest first; at least one
 */
public record ChainReport(
        Instant since,
        List<CheckReport> checks,
        List<String> incompleteJars,
        List<String> leftovers,
        List<ReloadReport> reloads) {

    /** The last attempt. */
    public ReloadReport lastReload() {
        return reloads.get(0);
    }
}
