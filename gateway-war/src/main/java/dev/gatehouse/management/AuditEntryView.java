package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.journal.JournalEntry;

/**
 * Something that happened, as the API shows it.
 *
 * @param sequence its number in the journal
 * @param at when, in ISO 8601
 * @param type what kind of thing
 * @param actor on whose behalf: {@code kind}, and {@code id} and {@code label} where there are
 * @param deviceId the device that it is about
 * @param data what else there is to know
 * @param hash of the chain up to here
 */
record AuditEntryView(
        long sequence, String at, String type, JsonNode actor, Optional<String> deviceId, JsonNode data, String hash) {

    /** A page of entries that were read with one more than fits. */
    static Page<AuditEntryView> page(List<JournalEntry> read, int limit) {
        return Page.of(read, limit, AuditEntryView::of, entry -> Long.toString(entry.sequence()));
    }

    static AuditEntryView of(JournalEntry entry) {
        JsonNode document = Json.tree(entry.document());
        return new AuditEntryView(
                entry.sequence(),
                entry.at().toString(),
                entry.type(),
                document.path("actor"),
                Optional.ofNullable(document.path("deviceId").textValue()),
                document.path("data"),
                entry.hash());
    }
}
