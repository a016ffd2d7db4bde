package dev.gatehouse.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.config.RecordBinder;

/**
 * What a config says about the chain.
 *
 * @param admission the area {@code admission}, if it is right
 * @param checks the settings of the checks as they are written, by name
 * @param binder what binds them
 * @param problems everything that was found wrong with the config so far; grows while the chain is built
 */
public record WrittenChain(
        Optional<AdmissionSettings> admission,
        Map<String, Object> checks,
        RecordBinder binder,
        List<String> problems) {}
