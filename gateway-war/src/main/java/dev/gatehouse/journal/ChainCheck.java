package dev.gatehouse.journal;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Database;
import dev.gatehouse.journal.JdbcJournal.Head;

/** Goes through the chain once. Confined to one thread. */
final class ChainCheck {

    private static final int PAGE = 1000;

    private final Database database;
    private long sequence;
    private String hash = "";

    ChainCheck(Database database) {
        this.database = database;
    }

    /** What was appended while it runs is not looked at. */
    Verification run() {
        Head head = database.jdbc(connection -> new JdbcJournal(connection).head());
        sequence = head.firstSequence() - 1;
        hash = head.previousHash();
        Optional<String> problem = Optional.empty();
        while (problem.isEmpty() && sequence < head.sequence()) {
            int limit = (int) Math.min(PAGE, head.sequence() - sequence);
            problem = page(head.sequence(), limit);
        }
        if (problem.isEmpty() && !hash.equals(head.hash())) {
            problem = Optional.of("entry " + sequence + " is not the one that the journal ended with");
        }
        return new Verification(head.firstSequence(), head.sequence(), head.hash(), problem);
    }

    private Optional<String> page(long last, int limit) {
        long from = sequence;
        List<JournalEntry> entries = database.jdbc(connection -> new JdbcJournal(connection).after(from, limit));
        for (JournalEntry entry : entries) {
            if (entry.sequence() != sequence + 1) {
                return missing();
            }
            if (!Document.hash(hash, entry.document()).equals(entry.hash())) {
                return Optional.of("entry " + entry.sequence() + " or the one before it was changed");
            }
            sequence = entry.sequence();
            hash = entry.hash();
        }
        return entries.size() < limit && sequence < last ? missing() : Optional.empty();
    }

    private Optional<String> missing() {
        return Optional.of("entry " + (sequence + 1) + " is missing");
    }
}
