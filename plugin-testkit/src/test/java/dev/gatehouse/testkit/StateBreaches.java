package dev.gatehouse.testkit;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Verdict;

/** Faults of what a check leaves behind: on the calling thread, and after its end. */
final class StateBreaches {

    /** Hangs where others throw. */
    static final Breach HANGING = closing("close_twice_doesNotThrow", "an end that never comes", (asked, closed) -> {
        if (closed > 0) {
            stay();
        }
    });

    private StateBreaches() {}

    static List<Breach> all() {
        return List.of(
                whileAsked(
                        "answer_contextClassLoader_isAsBefore",
                        "another context class loader",
                        () -> Thread.currentThread()
                                .setContextClassLoader(
                                        ClassLoader.getSystemClassLoader().getParent())),
                whileAsked(
                        "answer_interruptFlag_isAsBefore",
                        "an interrupt of its own",
                        () -> Thread.currentThread().interrupt()),
                whileAsked("answer_interruptFlag_isAsBefore", "an interrupt forgotten", Thread::interrupted),
                closing("close_withoutUse_doesNotThrow", "nothing to close", (asked, closed) -> {
                    if (asked == 0) {
                        throw new IllegalStateException("never used");
                    }
                }),
                closing("close_twice_doesNotThrow", "closed already", (asked, closed) -> {
                    if (closed > 0) {
                        throw new IllegalStateException("closed already");
                    }
                }),
                Breach.ofCheck("close_afterUse_endsEveryThread", "a thread that stays", (sound, setup) -> {
                    Thread thread = new Thread(StateBreaches::stay, "the thread that stays");
                    thread.setDaemon(true);
                    thread.start();
                    return sound;
                }));
    }

    private static Breach whileAsked(String rule, String name, Runnable act) {
        return Breach.ofCheck(rule, name, (sound, setup) -> new ForwardingCheck(sound) {
            @Override
            public Verdict atConnect(ConnectContext context) {
                Verdict verdict = super.atConnect(context);
                act.run();
                return verdict;
            }
        });
    }

    private static Breach closing(String rule, String name, BiConsumer<Integer, Integer> end) {
        return Breach.ofCheck(rule, name, (sound, setup) -> {
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            return new ForwardingCheck(sound) {
                @Override
                public Verdict atConnect(ConnectContext context) {
                    asked.incrementAndGet();
                    return super.atConnect(context);
                }

                @Override
                public void close() {
                    super.close();
                    end.accept(asked.get(), closed.getAndIncrement());
                }
            };
        });
    }

    /** Waits for what does not come, until it is interrupted. */
    private static void stay() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
