package dev.gatehouse.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.spi.AdmissionCheck;

/** Asks one check the same question several times: from one thread, or from several at once. */
final class Crowd implements AutoCloseable {

    private static final int SIZE = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(SIZE);

    List<Answer> askOneByOne(Question question, AdmissionCheck check, ConnectFixture connection) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            answers.add(askOnce(question, check, connection));
        }
        return answers;
    }

    List<Answer> askAtOnce(Question question, AdmissionCheck check, ConnectFixture connection)
            throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(SIZE);
        Callable<Answer> ask = () -> {
            start.await();
            return askOnce(question, check, connection);
        };
        List<Future<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            asked.add(threads.submit(ask));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : asked) {
            answers.add(join(answer));
        }
        return answers;
    }

    /** Interrupts what is still being asked. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** That the check leaves the interrupt flag alone is a rule of its own. */
    private static Answer askOnce(Question question, AdmissionCheck check, ConnectFixture connection) {
        Answer answer = question.ask(check, connection);
        Thread.interrupted();
        return answer;
    }

    private static Answer join(Future<Answer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread of the crowd failed", e.getCause());
        }
    }
}
