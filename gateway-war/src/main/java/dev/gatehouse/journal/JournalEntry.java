package dev.gatehouse.journal;

import java.time.Instant;

/**
 * One entry of the journal.
 *
 * @param sequence its number; without gaps, from 1
 * @param at when it happened
 * @param type what kind of thing happened
 * @param document everything about it as one line of JSON in ASCII
 * @param hash of the hash before it and the document, as 64 hex digits
 */
public record JournalEntry(long sequence, Instant at, String type, String document, String hash) {}
