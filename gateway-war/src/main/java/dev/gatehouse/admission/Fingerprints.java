package dev.gatehouse.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the enforced checks of a chain identify clients by at one moment: a fingerprint of each one's secret.
 *
 * @param byCheck the fingerprint that a check tells, under the check's name; empty when it tells none
 */
public record Fingerprints(Map<String, Optional<String>> byCheck) {

    /** Before anything was looked at. */
    public static final Fingerprints NONE = new Fingerprints(Map.of());

    /** Copies the map. */
    public Fingerprints {
        byCheck = Map.copyOf(byCheck);
    }

    /** The same, but what could not be told is what it was before. */
    public Fingerprints orAsIn(Fingerprints before) {
        Map<String, Optional<String>> known = new LinkedHashMap<>();
        byCheck.forEach((check, name) -> known.put(check, name.or(() -> before.of(check))));
        return new Fingerprints(known);
    }

    /** Whether a client that a check identified when these were the fingerprints would not be known by it now. */
    public boolean isOutdated(String check, Fingerprints now) {
        return !now.byCheck.containsKey(check)
                || now.of(check)
                        .filter(name -> !of(check).equals(Optional.of(name)))
                        .isPresent();
    }

    private Optional<String> of(String check) {
        return byCheck.getOrDefault(check, Optional.empty());
    }
}
