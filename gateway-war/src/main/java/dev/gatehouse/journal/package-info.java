/**
 * What happened: the audit of everything that was managed and decided, and the place from which events are told
 * (docs/adr/0036-one-journal.md).
 *
 * <p>Changes are noted in the transaction that makes them, by {@link dev.gatehouse.journal.JournaledChanges}; decisions are
 * noted in memory, by {@link dev.gatehouse.journal.JournaledDecisions}. One thread gives both a number and a place in a chain of hashes. Readers go by number.
 *
 * <p>Entry type: {@link dev.gatehouse.journal.Journal}.
 */
@NullMarked
package dev.gatehouse.journal;

import org.jspecify.annotations.NullMarked;
