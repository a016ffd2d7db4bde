package dev.gatehouse.webhook;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Takes messages nowhere, and answers as a test says. */
final class FakeCourier implements Courier {

    final List<Message> sent = new CopyOnWriteArrayList<>();
    private volatile Function<Message, Answer> answers = message -> answered(204);
    private volatile Runnable whenClosed = () -> {};

    static Answer answered(int status) {
        return new Answer.Answered(status, Duration.ZERO);
    }

    void answers(Function<Message, Answer> next) {
        answers = next;
    }

    void answers(int status) {
        answers = message -> answered(status);
    }

    /** The ids of what was sent, repeats included. */
    List<String> ids() {
        return sent.stream().map(Message::id).toList();
    }

    @Override
    public Answer send(Message message) {
        sent.add(message);
        return answers.apply(message);
    }

    void whenClosed(Runnable next) {
        whenClosed = next;
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
