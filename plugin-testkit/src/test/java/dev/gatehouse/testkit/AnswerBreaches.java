package dev.gatehouse.testkit;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import org.jspecify.annotations.NullUnmarked;

/** Faults of what a check answers. */
final class AnswerBreaches {

    private static final Verdict REFUSED =
            Verdict.veto(VetoReason.of("SOMETHING_ELSE", Effect.COME_BACK_LATER, "something else"));
    private static final Verdict SOMEBODY = Verdict.identified(new Identity("guess", "somebody"), Scopes.none());
    private static final AtomicInteger MADE = new AtomicInteger();

    private AnswerBreaches() {}

    static List<Breach> all() {
        return List.of(
                Breach.ofCheck("atUpgrade_anyConnection_isAnswered", "silence at upgrade", Silent::atUpgrade),
                Breach.ofCheck("atConnect_anyConnection_isAnswered", "silence at connect", Silent::atConnect),
                atUpgrade("a host taken for granted", upgrade -> upgrade.host().orElseThrow()),
                atUpgrade(
                        "a pattern that overflows the stack",
                        upgrade -> upgrade.host().map(host -> host.matches("(a|b|x)*"))),
                atConnect(
                        "a platform taken for a number",
                        context -> Integer.valueOf(context.client().platform())),
                atConnect(
                        "an endless message",
                        context -> VetoReason.of(
                                "ODD_PLATFORM",
                                Effect.IDENTIFY,
                                "odd " + context.client().platform())),
                Breach.ofCheck("answer_freshCheck_isTheSame", "a count of the whole process", (sound, setup) -> {
                    int number = MADE.incrementAndGet();
                    return answering(
                            sound,
                            (context, answer) -> isLong(context)
                                    ? Verdict.veto(
                                            VetoReason.of("NOT_AGAIN", Effect.IDENTIFY, "check number " + number))
                                    : answer);
                }),
                Breach.ofCheck("answer_manyThreads_isAsFromOne", "confined to one thread", AnswerBreaches::confined),
                Breach.ofCheck(
                        "answer_manyThreads_isAsFromOne", "one at a time", (sound, setup) -> new OneAtATime(sound)),
                identifying(
                        "nobody needs a key",
                        context -> context.credentials().token().isEmpty()),
                identifying(
                        "a blank key is good enough",
                        context -> context.credentials()
                                .token()
                                .filter(Secret::isBlank)
                                .isPresent()),
                inAnOutage("an outage identifies", e -> SOMEBODY),
                inAnOutage("an outage is no objection", e -> Verdict.pass()),
                inAnOutage("an outage refuses", e -> REFUSED),
                inAnOutage("an outage is our fault", e -> {
                    throw new IllegalStateException("cannot ask", e);
                }));
    }

    /** Answers null, which the types forbid. */
    @NullUnmarked
    private static final class Silent {

        static AdmissionCheck atUpgrade(SampleCheck sound, CheckSetup setup) {
            return new ForwardingCheck(sound) {
                @Override
                public Verdict atUpgrade(UpgradeContext upgrade) {
                    return null;
                }
            };
        }

        static AdmissionCheck atConnect(SampleCheck sound, CheckSetup setup) {
            return new ForwardingCheck(sound) {
                @Override
                public Verdict atConnect(ConnectContext context) {
                    return null;
                }
            };
        }
    }

    private static Breach atUpgrade(String name, Function<UpgradeContext, Object> mistake) {
        return Breach.ofCheck(
                "atUpgrade_hostileConnection_neverThrows", name, (sound, setup) -> new ForwardingCheck(sound) {
                    @Override
                    public Verdict atUpgrade(UpgradeContext upgrade) {
                        Object unused = mistake.apply(upgrade);
                        return super.atUpgrade(upgrade);
                    }
                });
    }

    private static Breach atConnect(String name, Function<ConnectContext, Object> mistake) {
        return Breach.ofCheck(
                "atConnect_hostileConnection_neverThrows",
                name,
                (sound, setup) -> answering(sound, (context, answer) -> {
                    Object unused = mistake.apply(context);
                    return answer;
                }));
    }

    private static ForwardingCheck answering(
            AdmissionCheck sound, BiFunction<ConnectContext, Verdict, Verdict> answer) {
        return new ForwardingCheck(sound) {
            @Override
            public Verdict atConnect(ConnectContext context) {
                return answer.apply(context, super.atConnect(context));
            }
        };
    }

    private static boolean isLong(ConnectContext context) {
        return context.client().platform().startsWith("xxxxxxxxxx");
    }

    /** As a check does that keeps its state in a thread-local. */
    private static AdmissionCheck confined(SampleCheck sound, CheckSetup setup) {
        AtomicReference<Thread> owner = new AtomicReference<>();
        return answering(sound, (context, answer) -> {
            owner.compareAndSet(null, Thread.currentThread());
            return owner.get() == Thread.currentThread() ? answer : REFUSED;
        });
    }

    private static Breach identifying(String name, Predicate<ConnectContext> isEnough) {
        return Breach.ofCheck(
                "answer_nothingPresented_isNoIdentity",
                name,
                (sound, setup) -> answering(sound, (context, answer) -> isEnough.test(context) ? SOMEBODY : answer));
    }

    private static Breach inAnOutage(String name, Function<TemporarilyUnavailable, Verdict> answer) {
        return Breach.ofCheck(
                "answer_backEndDown_isUnavailableOrTheSame", name, (sound, setup) -> new ForwardingCheck(sound) {
                    @Override
                    public Verdict atConnect(ConnectContext context) {
                        try {
                            return super.atConnect(context);
                        } catch (TemporarilyUnavailable e) {
                            return answer.apply(e);
                        }
                    }
                });
    }

    /** Refuses a node while it examines another one, as a check does that is not safe for concurrent use. */
    private static final class OneAtATime extends ForwardingCheck {
        private static final ConnectContext DISTURBED =
                ConnectFixture.node().withDevice().connect();

        private final AtomicBoolean isBusy = new AtomicBoolean();
        private final CountDownLatch disturbed = new CountDownLatch(1);

        OneAtATime(AdmissionCheck sound) {
            super(sound);
        }

        @Override
        public Verdict atConnect(ConnectContext context) {
            if (!context.equals(DISTURBED)) {
                return super.atConnect(context);
            }
            if (!isBusy.compareAndSet(false, true)) {
                disturbed.countDown();
                return REFUSED;
            }
            awaitDisturbance();
            isBusy.set(false);
            return super.atConnect(context);
        }

        /** Long enough to be disturbed if anybody does; not at all once that has happened. */
        private void awaitDisturbance() {
            try {
                disturbed.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
