package dev.gatehouse.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.websocket.CloseReason;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.Mode;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageWatchTest {

    private static final String PAGE = "https://ui.example";
    private static final AdmissionSettings SETTINGS = new AdmissionSettings(
            List.of(), Duration.ofSeconds(20), Duration.ofSeconds(30), 2, 1000, Duration.ofMinutes(5));

    private final Examiners examiners = new Examiners(2);
    private final LiveSessions sessions = new LiveSessions(new SessionCaps(() -> LimitSettings.STANDARD));
    private final List<PageWatch.Ended> ended = new ArrayList<>();
    private AdmissionChain chain = chain(Mode.ENFORCE, upgrade -> Verdict.pass());
    private final PageWatch watch =
            new PageWatch(() -> chain.mark(), facts -> chain.explainUpgrade(facts), sessions, ended::add);

    /** What a check says about an upgrade. */
    @FunctionalInterface
    private interface AtUpgrade extends AdmissionCheck {
        @Override
        Verdict atUpgrade(UpgradeContext context);
    }

    @AfterEach
    void close() {
        examiners.close();
    }

    @Test
    void page_thatTheNewChainDoesNotAllow_isClosed_andAnotherStays() {
        FakeSocket socket = add("a", PAGE);
        FakeSocket other = add("b", "https://other.example");
        FakeSocket program = addProgram("c");

        chain = chain(Mode.ENFORCE, PageWatchTest::refuse);
        watch.look();

        assertClosed(socket);
        assertThat(other.isClosed()).isFalse();
        assertThat(program.isClosed()).isFalse();
        assertThat(ended)
                .containsExactly(new PageWatch.Ended(
                        "a", Optional.empty(), PAGE, "CONTROL_UI_ORIGIN_NOT_ALLOWED", "origin not allowed"));
    }

    @Test
    void page_thatTheChainInForceAdmitted_isNotAskedAbout() {
        chain = chain(Mode.ENFORCE, PageWatchTest::refuse);
        FakeSocket socket = add("a", PAGE);

        watch.look();

        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void page_admittedByTheOldChainAfterTheNewOneWasLookedAt_isClosedByTheNextLook() {
        AdmissionChain old = chain;
        chain = chain(Mode.ENFORCE, PageWatchTest::refuse);
        watch.look();

        FakeSocket late = add("a", PAGE, old);
        watch.look();

        assertClosed(late);
    }

    @Test
    void objectionToSomethingElse_endsNoSession() {
        FakeSocket socket = add("a", PAGE);

        chain = chain(
                Mode.ENFORCE,
                upgrade -> Verdict.veto(VetoReason.of("OFFICE_CLOSED", Effect.COME_BACK_LATER, "office is closed")));
        watch.look();

        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void objectionOfARehearsingCheck_endsNoSession() {
        FakeSocket socket = add("a", PAGE);

        chain = chain(Mode.SHADOW, PageWatchTest::refuse);
        watch.look();

        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void checkThatFails_endsNoSession_andIsAskedAgainUntilItAnswers() {
        FakeSocket socket = add("a", PAGE);
        boolean[] broken = {true};
        chain = chain(Mode.ENFORCE, upgrade -> {
            if (broken[0]) {
                throw new IllegalStateException("broken");
            }
            return refuse(upgrade);
        });

        watch.look();
        watch.look();
        assertThat(socket.isClosed()).isFalse();
        broken[0] = false;
        watch.look();

        assertClosed(socket);
    }

    @Test
    void checkThatFailsForSomePages_doesNotKeepOthersFromBeingAskedAbout() {
        for (int i = 0; i < 20; i++) {
            add("broken" + i, "https://broken.example");
        }
        FakeSocket socket = add("a", PAGE);
        chain = chain(Mode.ENFORCE, upgrade -> {
            if (upgrade.origin().filter("https://broken.example"::equals).isPresent()) {
                throw new IllegalStateException("broken");
            }
            return refuse(upgrade);
        });

        for (int look = 0; look < 10; look++) {
            watch.look();
        }

        assertClosed(socket);
    }

    @Test
    void facts_thatAreKept_holdNoCredential() {
        ConnectFixture client = ConnectFixture.controlUi()
                .withOrigin(PAGE)
                .withToken("secret")
                .withHeader("authorization", "Bearer secret")
                .withHeader("cookie", "id=secret")
                .withHeader("user-agent", "browser");

        ConnectContext facts =
                Page.of(client.connect(), chain.mark()).orElseThrow().facts();

        assertThat(facts.credentials()).isEqualTo(Credentials.none());
        assertThat(facts.upgrade().headers()).containsKey("user-agent").doesNotContainKeys("authorization", "cookie");
        assertThat(facts.upgrade().origin()).contains(PAGE);
    }

    private static Verdict refuse(UpgradeContext upgrade) {
        return upgrade.origin().filter(PAGE::equals).isPresent()
                ? Verdict.veto(VetoReason.of("CONTROL_UI_ORIGIN_NOT_ALLOWED", Effect.ALLOW_ORIGIN, "a long text"))
                : Verdict.pass();
    }

    /** A check that enforces nothing must stand beside one that does. */
    private AdmissionChain chain(Mode mode, AtUpgrade check) {
        AtUpgrade silent = upgrade -> Verdict.pass();
        return new AdmissionChain(
                List.of(new NamedCheck("origin", mode, check), new NamedCheck("other", silent)), SETTINGS, examiners);
    }

    private FakeSocket add(String id, String origin) {
        return add(id, origin, chain);
    }

    private FakeSocket add(String id, String origin, AdmissionChain decidedBy) {
        FakeSocket socket = new FakeSocket();
        LiveSession session = TestSessions.session(id, socket, Optional.empty());
        Page.of(ConnectFixture.controlUi().withOrigin(origin).connect(), decidedBy.mark())
                .ifPresent(session::cameFrom);
        sessions.add(session);
        return socket;
    }

    private FakeSocket addProgram(String id) {
        FakeSocket socket = new FakeSocket();
        LiveSession session = TestSessions.session(id, socket, Optional.empty());
        Page.of(ConnectFixture.cli().connect(), chain.mark()).ifPresent(session::cameFrom);
        sessions.add(session);
        return socket;
    }

    private static void assertClosed(FakeSocket socket) {
        assertThat(socket.awaitClose())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(1008, "origin not allowed");
    }
}
