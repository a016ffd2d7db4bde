package dev.gatehouse.bench.load;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import dev.gatehouse.bench.client.HandshakeFailed;

/** Counts what went wrong, by kind; safe for use by many threads. */
final class Errors {

    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void add(String kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    void add(IOException failure) {
        add(kind(failure));
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    static String kind(IOException failure) {
        return failure instanceof HandshakeFailed
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
