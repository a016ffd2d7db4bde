package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.journal.JournalEntry;

/**
 * Entries of the journal, the last one first.
 *
 * @param items the entries
 * @param next where the next page begins, when there may be one
 */
record AuditPage(List<AuditEntryView> items, Optional<String> next) {

    /** A page of what was read with one more than fits, so that it is known whether there is a next one. */
    static AuditPage of(List<JournalEntry> read, int limit) {
        List<JournalEntry> shown = read.subList(0, Math.min(limit, read.size()));
        Optional<String> next = read.size() > limit
                ? Optional.of(Long.toString(shown.get(limit - 1).sequence()))
                : Optional.empty();
        return new AuditPage(shown.stream().map(AuditEntryView::of).toList(), next);
    }
}
