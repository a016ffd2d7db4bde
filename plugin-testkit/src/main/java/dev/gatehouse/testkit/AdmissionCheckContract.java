package dev.gatehouse.testkit;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.SettingsTrials.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What must hold for every admission check, as tests to inherit.
 *
 * <pre>{@code
 * class OfficeHoursContractTest extends AdmissionCheckContract {
 *     @Override
 *     protected AdmissionCheckFactory factory() {
 *         return new OfficeHoursFactory();
 *     }
 *
 *     @Override
 *     protected Map<String, Object> settings() {
 *         return Map.of("zone", "Europe/Berlin");
 *     }
 * }
 * }</pre>
 *
 * <p>The tests know nothing of what the check is for. They ask it about ordinary clients, about hostile ones (each fact
 * of a connection with each kind of odd text), and about those of {@link #connections()}, at upgrade, at connect, and at
 * connect after another check identified the client. They find:
 *
 * <ul>
 *   <li>a factory whose name, settings record or checks are not as {@link AdmissionCheckFactory} says; settings that
 *       make it throw anything but {@link InvalidSettings}; problems that do not name their setting, or name a secret;
 *   <li>answers that are null, thrown, late, or not the same again: for a fresh check, or from several threads;
 *   <li>refusals that cannot be sent or pasted: with half a character, several lines, values that are not JSON, or as
 *       long as the client likes; messages in the wrong style;
 *   <li>secrets in refusals, identities, exceptions or the log; log lines that a client can forge;
 *   <li>clients that are identified though they presented nothing, and answers that are made up during an outage;
 *   <li>threads left behind, thread state not restored, and a {@code close} that throws.
 * </ul>
 *
 * <p>A test that takes longer than a minute has failed. Put {@link Timeout} on the inheriting class for another limit.
 *
 * @since 0.1
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class AdmissionCheckContract {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CAPITALISED = Pattern.compile("\\p{Lu}[^\\p{Lu}].*", Pattern.DOTALL);
    private static final String UNKNOWN = "no-such-setting";
    private static final int NAME_MAX = 64;
    private static final int REFUSAL_MAX = 8192;
    private static final int CALLS = 8;
    private static final int SHOWN_MAX = 5;

    /** For inheriting classes. */
    protected AdmissionCheckContract() {}

    /**
     * Makes the factory under test.
     *
     * @return a new factory at every call
     */
    protected abstract AdmissionCheckFactory factory();

    /**
     * Settings with which the factory makes a check. Secrets must have at least twelve characters, so that they are
     * recognised when they turn up where they should not.
     *
     * @return each value by its key, as for {@link AdmissionTestKit#with(Map)}; empty unless overridden
     */
    protected Map<String, Object> settings() {
        return Map.of();
    }

    /**
     * Connections that reach what the contract's own do not: those that the check admits, and those that it refuses for
     * a reason of its own.
     *
     * @return more connections to ask about; none unless overridden
     */
    protected List<ConnectFixture> connections() {
        return List.of();
    }

    /**
     * Prepares the fakes before each check is made, such as devices that are known. Does nothing unless overridden.
     *
     * @param setup the fakes of one check
     */
    protected void prepare(FakeCheckSetup setup) {}

    // The factory

    @Test
    void name_anyCall_isWellFormedAndTheSame() {
        AdmissionCheckFactory factory = factory();

        assertThat(factory.name()).matches(NAME).hasSizeLessThanOrEqualTo(NAME_MAX);
        assertThat(List.of(factory.name(), factory().name())).containsOnly(factory.name());
    }

    @Test
    void settings_anyCall_areTheSameRecord() {
        AdmissionCheckFactory factory = factory();

        assertThat(IntStream.range(0, CALLS).mapToObj(call -> factory.settings()))
                .containsOnly(factory().settings());
    }

    @Test
    void settings_everyComponent_canBeBoundAndIsDescribed() {
        assertThat(SettingsTrials.problemsOf(factory().settings())).isEmpty();
    }

    @Test
    void settings_secretsGiven_areLongEnoughToBeRecognised() {
        assertThat(Canaries.ofSettings(factory().settings(), settings()))
                .allSatisfy((place, secret) -> assertThat(secret).hasSizeGreaterThanOrEqualTo(Canaries.LENGTH_MIN));
    }

    @Test
    void create_twice_givesIndependentChecks() {
        AdmissionTestKit kit = kit();
        List<Object> alone = examine(made -> outcomes(made, usual()));

        DrivenCheck first = kit.create();
        DrivenCheck second = kit.create();
        first.closeQuietly();
        List<Object> besideAClosedOne = outcomes(second, usual());
        second.closeQuietly();

        assertThat(second.check()).as("the second check").isNotSameAs(first.check());
        assertThat(besideAClosedOne)
                .as("answers after another check was closed")
                .isEqualTo(alone);
    }

    @Test
    void create_unknownSetting_isRefused() {
        AdmissionCheckFactory factory = factory();
        String place = "checks." + factory.name();
        Trial trial = SettingsTrials.create("an unknown setting", kit().with(UNKNOWN, "x"));

        assertThat(trial.problems())
                .as("problems of the setting '%s', which is not declared", UNKNOWN)
                .anyMatch(problem -> problem.startsWith(place));
        if (factory.settings().isPresent()) {
            FakeCheckSetup rejecting = FakeCheckSetup.rejecting(List.of(place + "." + UNKNOWN + ": no such setting"));
            assertThatThrownBy(() -> factory.create(rejecting))
                    .as("what the factory makes of InvalidSettings that CheckSetup.settings throws")
                    .isInstanceOf(InvalidSettings.class);
        }
    }

    @Test
    void create_settingMissing_worksOrIsInvalidSettings() {
        holds("works or throws InvalidSettings", trials().leavingOut(), Trial::fault);
    }

    @Test
    void create_oddValue_worksOrIsInvalidSettings() {
        holds("works or throws InvalidSettings", trials().oddValues(), Trial::fault);
    }

    @Test
    void create_settingsRejected_namesEach() {
        SettingsTrials trials = trials();
        Stream<Trial> rejected = Stream.of(trials.leavingOut(), trials.oddValues(), trials.oddSecrets())
                .flatMap(List::stream);

        holds(
                "reports problems that begin with the key of a setting",
                rejected.toList(),
                trial -> trial.problems().stream()
                        .filter(problem -> !trials.namesASetting(problem))
                        .findFirst());
    }

    @Test
    void create_oddSecret_isNeverShown() {
        holds(
                "shows no secret",
                trials().oddSecrets(),
                trial -> trial.texts().stream()
                        .filter(text -> text.contains(SettingsTrials.ODD_SECRET))
                        .findFirst());
    }

    // What it answers

    @Test
    void atUpgrade_anyConnection_isAnswered() {
        holds("is not null", atUpgrade(answers(hostile())), AdmissionCheckContract::silence);
    }

    @Test
    void atConnect_anyConnection_isAnswered() {
        holds("is not null", atConnect(answers(hostile())), AdmissionCheckContract::silence);
    }

    @Test
    void atUpgrade_hostileConnection_neverThrows() {
        holds("does not throw", atUpgrade(answers(hostile())), Answer::thrown);
    }

    @Test
    void atConnect_hostileConnection_neverThrows() {
        holds("does not throw", atConnect(answers(hostile())), Answer::thrown);
    }

    @Test
    void answer_freshCheck_isTheSame() {
        List<Answer> first = answers(hostile());
        List<Answer> second = answers(hostile());

        holds(
                "is the same from a fresh check",
                IntStream.range(0, first.size()).boxed().toList(),
                i -> Optional.of(first.get(i) + ", and from a fresh check "
                                + second.get(i).outcome())
                        .filter(difference ->
                                !first.get(i).outcome().equals(second.get(i).outcome())));
    }

    @Test
    void answer_manyThreads_isAsFromOne() throws InterruptedException {
        try (Crowd crowd = new Crowd()) {
            for (ConnectFixture connection : usual()) {
                for (Question question : Question.values()) {
                    DrivenCheck quiet = kit().create();
                    DrivenCheck busy = kit().create();

                    List<Answer> oneByOne = crowd.askOneByOne(question, quiet.check(), connection);
                    List<Answer> atOnce = crowd.askAtOnce(question, busy.check(), connection);
                    quiet.closeQuietly();
                    busy.closeQuietly();

                    assertThat(atOnce)
                            .as("answers to many threads %s, %s", question, connection)
                            .extracting(Answer::outcome)
                            .containsExactlyInAnyOrderElementsOf(
                                    oneByOne.stream().map(Answer::outcome).toList());
                }
            }
        }
    }

    @Test
    void answer_nothingPresented_isNoIdentity() {
        // At upgrade and at connect, but not after another check: that one may have seen what this one did not.
        List<Answer> answers = answers(SampleConnections.anonymous()).stream()
                .filter(answer -> answer.question() != Question.AT_CONNECT_IDENTIFIED)
                .toList();

        holds("identifies nobody who presented nothing", answers, Answer::identified);
    }

    @Test
    void answer_backEndDown_isUnavailableOrTheSame() {
        for (ConnectFixture connection : usual()) {
            for (Question question : Question.values()) {
                Answer up = examine(made -> question.ask(made.check(), connection));
                Answer down = examine(made -> {
                    made.devices().goDown();
                    return question.ask(made.check(), connection);
                });

                assertThat(down.outcome())
                        .as("answer during an outage, %s, %s", question, connection)
                        .isIn(TemporarilyUnavailable.class, up.outcome());
            }
        }
    }

    // What it writes

    @Test
    void refusal_multiByteText_isValidUtf8() {
        holds(
                "has only whole characters",
                answers(hostile()),
                answer -> answer.texts().stream()
                        .filter(text -> !Texts.isUtf8(text))
                        .findFirst());
    }

    @Test
    void refusal_message_isInHouseStyle() {
        holds(
                "has a message of one line, that begins in lower case and does not end in a full stop",
                answers(hostile()),
                answer -> answer.refusal().map(VetoReason::message).filter(AdmissionCheckContract::isOutOfStyle));
    }

    @Test
    void refusal_fixes_areOneLineEach() {
        holds(
                "has fixes of one line",
                answers(hostile()),
                answer -> answer.refusal().stream()
                        .flatMap(reason -> reason.fixes().stream())
                        .filter(fix -> fix.isBlank() || !Texts.isOneLine(fix))
                        .findFirst());
    }

    @Test
    void refusal_details_areStructured() {
        holds(
                "has details of strings, numbers, booleans, lists and maps",
                answers(hostile()),
                answer -> answer.refusal().flatMap(reason -> Texts.problemOfDetail("details", reason.details())));
    }

    @Test
    void refusal_hostileConnection_isBounded() {
        holds(
                "has at most " + REFUSAL_MAX + " characters",
                answers(hostile()),
                answer -> Optional.of(
                                answer.texts().stream().mapToInt(String::length).sum())
                        .filter(length -> length > REFUSAL_MAX));
    }

    @Test
    void refusal_secretsPresented_givesNoneAway() {
        Canaries canaries = canaries();

        holds(
                "gives no secret away",
                answers(canaries.presentedBy(usual())),
                answer -> answer.texts().stream()
                        .flatMap(text -> canaries.leakedIn(text, answer.connection()).stream())
                        .findFirst());
    }

    @Test
    void identity_secretsPresented_givesNoneAway() {
        Canaries canaries = canaries();

        holds(
                "gives no secret away",
                answers(canaries.presentedBy(usual())),
                answer -> answer.identified()
                        .flatMap(said -> canaries.leakedIn(said.identity().toString(), answer.connection())));
    }

    @Test
    void log_secretsPresented_givesNoneAway() {
        Canaries canaries = canaries();
        List<ConnectFixture> presenting = canaries.presentedBy(usual());

        List<String> logged = examine(made -> {
            Stream<Answer> answers = Question.askAll(made.check(), presenting).stream();
            made.devices().goDown();
            Stream<Answer> duringAnOutage = Question.askAll(made.check(), presenting).stream();
            // What a check throws is logged by the gateway.
            Stream<String> thrown = Stream.concat(answers, duringAnOutage)
                    .flatMap(answer -> answer.thrown().stream())
                    .flatMap(exception -> Texts.of(exception).stream());
            return Stream.concat(thrown, made.logger().entries().stream().flatMap(entry -> Texts.of(entry).stream()))
                    .toList();
        });

        holds("gives no secret away", logged, canaries::leakedIn);
    }

    @Test
    void log_hostileConnection_isOneLineEach() {
        List<String> lines = examine(made -> {
            Question.askAll(made.check(), hostile());
            return made.logger().lines();
        });

        holds("is one line", lines, line -> Optional.of(line).filter(text -> !Texts.isOneLine(text)));
    }

    // What it leaves behind

    @Test
    void answer_contextClassLoader_isAsBefore() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = new URLClassLoader(new URL[0], before);

        List<Answer> changing =
                answersThatChange(() -> thread.setContextClassLoader(own), () -> thread.getContextClassLoader() != own);
        thread.setContextClassLoader(before);

        holds("leaves the context class loader alone", changing, Optional::of);
    }

    @Test
    void answer_interruptFlag_isAsBefore() {
        List<Answer> setting = answersThatChange(Thread::interrupted, Thread::interrupted);
        List<Answer> clearing =
                answersThatChange(() -> Thread.currentThread().interrupt(), () -> !Thread.interrupted());

        holds("does not set the interrupt flag", setting, Optional::of);
        holds("keeps the interrupt flag", clearing, Optional::of);
    }

    @Test
    void close_withoutUse_doesNotThrow() {
        DrivenCheck made = kit().create();

        assertThatCode(made::close).doesNotThrowAnyException();
    }

    @Test
    void close_twice_doesNotThrow() {
        DrivenCheck made = kit().create();
        outcomes(made, usual());

        assertThatCode(made::close).as("first close").doesNotThrowAnyException();
        assertThatCode(made::close).as("second close").doesNotThrowAnyException();
    }

    @Test
    void close_afterUse_endsEveryThread() throws InterruptedException {
        ThreadWatch watch = new ThreadWatch();

        AdmissionTestKit kit = kit();
        watch.run(() -> examine(kit, made -> outcomes(made, usual())));

        assertThat(watch.survivors()).as("threads that outlive the check").isEmpty();
    }

    private AdmissionTestKit kit() {
        // Without a record that can be bound there is no check; the test of the record says so.
        assumeThat(SettingsTrials.problemsOf(factory().settings())).isEmpty();
        return AdmissionTestKit.of(factory()).with(settings()).prepared(this::prepare);
    }

    private SettingsTrials trials() {
        return new SettingsTrials(kit(), factory());
    }

    private Canaries canaries() {
        return Canaries.with(Canaries.ofSettings(factory().settings(), settings()));
    }

    private List<ConnectFixture> usual() {
        return Stream.concat(SampleConnections.ordinary().stream(), connections().stream())
                .toList();
    }

    private List<ConnectFixture> hostile() {
        return Stream.concat(usual().stream(), SampleConnections.hostile(connections()).stream())
                .toList();
    }

    private List<Answer> answers(List<ConnectFixture> connections) {
        return examine(made -> Question.askAll(made.check(), connections));
    }

    private static List<Object> outcomes(DrivenCheck made, List<ConnectFixture> connections) {
        return Question.askAll(made.check(), connections).stream()
                .map(Answer::outcome)
                .toList();
    }

    /** Answers after which something of the thread is not as it was set before. */
    private List<Answer> answersThatChange(Runnable set, BooleanSupplier isChanged) {
        return examine(made -> {
            List<Answer> changing = new ArrayList<>();
            for (ConnectFixture connection : usual()) {
                for (Question question : Question.values()) {
                    set.run();
                    Answer answer = question.ask(made.check(), connection);
                    if (isChanged.getAsBoolean()) {
                        changing.add(answer);
                    }
                }
            }
            return changing;
        });
    }

    /** Makes a check, has a look at it, and closes it; that closing does not throw is a rule of its own. */
    private <T> T examine(Function<DrivenCheck, T> look) {
        return examine(kit(), look);
    }

    private static <T> T examine(AdmissionTestKit kit, Function<DrivenCheck, T> look) {
        DrivenCheck made = kit.create();
        try {
            return look.apply(made);
        } finally {
            made.closeQuietly();
        }
    }

    private static List<Answer> atUpgrade(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.question() == Question.AT_UPGRADE)
                .toList();
    }

    private static List<Answer> atConnect(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.question() != Question.AT_UPGRADE)
                .toList();
    }

    private static Optional<Answer> silence(Answer answer) {
        return Optional.of(answer).filter(Answer::isNull);
    }

    private static boolean isOutOfStyle(String message) {
        return CAPITALISED.matcher(message).matches() || message.endsWith(".") || !Texts.isOneLine(message);
    }

    private static <T> void holds(String rule, List<T> subjects, Function<T, Optional<?>> offence) {
        List<String> offences = subjects.stream()
                .flatMap(subject ->
                        offence.apply(subject).stream().map(found -> Texts.printable(subject + " -> " + found)))
                .limit(SHOWN_MAX)
                .toList();
        assertThat(offences).as("what breaks the rule '%s'", rule).isEmpty();
    }
}
