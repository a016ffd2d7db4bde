package dev.gatehouse.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.journal.JdbcJournal.Head;
import dev.gatehouse.journal.JdbcJournal.Link;
import dev.gatehouse.journal.JdbcJournal.Pending;

/** Gives notes their numbers and their place in the chain, within one transaction that it does not end. */
final class Scribe {

    /** So many entries in one transaction. */
    static final int BATCH = 500;

    private Scribe() {}

    /**
     * Writes what waits in the database, and then what waited in memory.
     *
     * @return how many entries were written
     */
    static int write(Connection connection, List<Note> decisions) throws SQLException {
        JdbcJournal journal = new JdbcJournal(connection);
        if (decisions.isEmpty() && journal.pending(1).isEmpty()) {
            return 0; // a lock is a write, and this is asked all the time
        }
        Head head = journal.lockedHead();
        List<Pending> changes = journal.pending(BATCH);
        Chain chain = new Chain(head);
        changes.forEach(change -> chain.add(change.at(), change.type(), change.deviceId(), change.body()));
        decisions.forEach(note -> chain.add(note.at(), note.type(), note.deviceId(), Document.body(note)));
        if (chain.links.isEmpty()) {
            return 0;
        }
        journal.add(chain.links);
        journal.remove(changes);
        journal.moveHead(new Head(chain.sequence, chain.hash, head.firstSequence(), head.previousHash()));
        return chain.links.size();
    }

    /** What is being appended. */
    private static final class Chain {

        private final List<Link> links = new ArrayList<>();
        private long sequence;
        private String hash;

        Chain(Head head) {
            sequence = head.sequence();
            hash = head.hash();
        }

        void add(Instant at, String type, Optional<String> deviceId, String body) {
            sequence++;
            String document = Document.of(sequence, at, type, body);
            hash = Document.hash(hash, document);
            links.add(new Link(new JournalEntry(sequence, at, type, document, hash), deviceId));
        }
    }
}
