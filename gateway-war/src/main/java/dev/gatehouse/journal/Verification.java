package dev.gatehouse.journal;

import java.util.Optional;

/**
 * What came of checking the chain.
 *
 * @param first the number of the first entry that is kept; one more than {@code last} when none is
 * @param last the number of the last entry
 * @param hash of the last entry: whoever kept an older one can look for it in an export
 * @param problem the first thing that is wrong, or empty when the chain is whole
 */
public record Verification(long first, long last, String hash, Optional<String> problem) {

    /** Whether nothing is missing, changed or moved. */
    public boolean isWhole() {
        return problem.isEmpty();
    }
}
