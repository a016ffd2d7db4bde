package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.journal.Verification;

/**
 * What came of checking the chain of the audit.
 *
 * @param whole whether nothing is missing, changed or moved
 * @param first the number of the first entry that is kept
 * @param last the number of the last entry
 * @param hash of the last entry
 * @param problem the first thing that is wrong
 */
record VerificationView(boolean whole, long first, long last, String hash, Optional<String> problem) {

    static VerificationView of(Verification found) {
        return new VerificationView(found.isWhole(), found.first(), found.last(), found.hash(), found.problem());
    }
}
