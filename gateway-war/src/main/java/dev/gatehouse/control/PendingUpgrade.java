package dev.gatehouse.control;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sessions of one device that wait for one request of it. Safe for concurrent use. */
final class PendingUpgrade {

    private final String deviceId;
    private final List<CompletableFuture<Answer>> waiting = new CopyOnWriteArrayList<>();

    PendingUpgrade(String deviceId) {
        this.deviceId = deviceId;
    }

    String deviceId() {
        return deviceId;
    }

    /** One more session waits; those that gave up are forgotten. */
    CompletableFuture<Answer> await() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.removeIf(CompletableFuture::isDone);
        waiting.add(answer);
        return answer;
    }

    boolean isAwaited() {
        return waiting.stream().anyMatch(answer -> !answer.isDone());
    }

    void answer(Answer answer) {
        waiting.forEach(each -> each.complete(answer));
    }

    void fail(RuntimeException thrown) {
        waiting.forEach(each -> each.completeExceptionally(thrown));
    }
}
