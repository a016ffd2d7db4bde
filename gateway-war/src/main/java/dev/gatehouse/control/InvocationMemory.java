package dev.gatehouse.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Remembers what was asked of nodes and what it came to, so that who asks again by the same key is answered and nothing is
 * done twice. Bounded in time, number and size; an answer that is too old to be kept is forgotten before the fact that
 * there was one. Confined to whoever holds the lock of {@link Invocations}.
 */
final class InvocationMemory {

    static final Duration KEPT = Duration.ofMinutes(5);
    static final int ENDED_MAX = 4096;
    static final long CHARACTERS_MAX = 16 * 1024 * 1024;

    private final Map<Invocation.Key, Entry> entries = new HashMap<>();

    /** Those that have ended, the oldest first. */
    private final Deque<Entry> ended = new ArrayDeque<>();

    /** Those whose answers are kept as well, the oldest first. */
    private final Deque<Entry> answered = new ArrayDeque<>();

    private long characters;

    private static final class Entry {
        private final Invocation invocation;
        private CompletableFuture<Answer> answer;
        private long endedAt;
        private long size;

        Entry(Invocation invocation) {
            this.invocation = invocation;
            this.answer = invocation.answer();
        }
    }

    /**
     * What becomes, or became, of a wish.
     *
     * @param asked what is asked by this key now
     * @return empty when nothing was asked by this key, or too long ago
     */
    Optional<CompletableFuture<Answer>> answerTo(Invocation.Key key, NodeInvocation asked, long nowMillis) {
        forgetOld(nowMillis);
        return Optional.ofNullable(entries.get(key))
                .map(entry -> entry.invocation.asked().isSameAs(asked)
                        ? entry.answer.copy()
                        : CompletableFuture.completedFuture(new Answer.Failure(NodeErrors.keyOfAnotherCall())));
    }

    void begun(Invocation invocation) {
        entries.put(invocation.key(), new Entry(invocation));
    }

    /** Nothing was done, so that asking again is the first time. */
    void undone(Invocation invocation) {
        entries.remove(invocation.key());
    }

    /**
     * Something was done, or may have been.
     *
     * @param size about how many characters the answer takes
     */
    void ended(Invocation invocation, long size, long nowMillis) {
        Entry entry = entries.get(invocation.key());
        if (entry == null) {
            return;
        }
        entry.endedAt = nowMillis;
        entry.size = size;
        characters += size;
        ended.add(entry);
        answered.add(entry);
        while (characters > CHARACTERS_MAX) {
            forgetAnswer(answered.remove());
        }
        forgetOld(nowMillis);
    }

    private void forgetOld(long nowMillis) {
        while (!ended.isEmpty()
                && (ended.size() > ENDED_MAX || ended.element().endedAt < nowMillis - KEPT.toMillis())) {
            Entry oldest = ended.remove();
            entries.remove(oldest.invocation.key());
            if (answered.peek() == oldest) {
                forgetAnswer(answered.remove());
            }
        }
    }

    private void forgetAnswer(Entry entry) {
        characters -= entry.size;
        entry.answer = CompletableFuture.completedFuture(new Answer.Failure(NodeErrors.answerForgotten()));
    }
}
