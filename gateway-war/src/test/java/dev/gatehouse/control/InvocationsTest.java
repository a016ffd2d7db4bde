package dev.gatehouse.control;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.device.NodeClaim;
import dev.gatehouse.device.NodeDetails;
import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.session.ManualTimers;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InvocationsTest {

    private final RecordingAudience audience = new RecordingAudience();
    private final ManualTimers timers = new ManualTimers();
    private final MutableClock clock = new MutableClock();
    private final Invocations invocations = new Invocations(audience, timers, clock);
    private final LiveNode node = live("c1");
    private final Caller operator = operator("op", Optional.empty());

    @Test
    void answer_ofTheConnectionThatWasAsked_reachesTheCaller() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        assertThat(audience.alone).singleElement().asString().startsWith("c1 ").contains("\"command\":\"a.b\"");
        assertThat(invocations.answered(nodeCaller("c1"), ok(id(0), "{\"x\":1}")))
                .isTrue();

        assertThat(payload(answer)).containsEntry("payloadJSON", "{\"x\":1}").containsEntry("ok", true);
        assertThat(invocations.count()).isZero();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void answer_ofAnybodyElse_isNotTaken() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        assertThat(invocations.answered(nodeCaller("c2"), ok(id(0), "1"))).isFalse();
        assertThat(invocations.answered(nodeCaller("c1"), ok("unknown", "1"))).isFalse();
        assertThat(invocations.answered(
                        nodeCaller("c1"),
                        new NodeResult(
                                id(0),
                                "another",
                                true,
                                Optional.empty(),
                                Optional.of("1"),
                                Optional.empty(),
                                Optional.empty())))
                .isFalse();

        assertThat(answer).isNotDone();
    }

    @Test
    void secondAnswer_isNotTaken() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        invocations.answered(nodeCaller("c1"), ok(id(0), "1"));

        assertThat(invocations.answered(nodeCaller("c1"), ok(id(0), "2"))).isFalse();
        assertThat(payload(answer)).containsEntry("payloadJSON", "1");
    }

    @Test
    void textThatIsNotJson_isPassedOnAsText() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        invocations.answered(nodeCaller("c1"), ok(id(0), "not json"));

        assertThat(payload(answer)).containsEntry("payload", Map.of("payloadJSON", "not json"));
    }

    @Test
    void failureOfTheNode_isToldWithItsCode() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        invocations.answered(
                nodeCaller("c1"),
                new NodeResult(
                        id(0),
                        "n",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("DENIED"),
                        Optional.of("nobody said yes")));

        assertThat(message(answer)).isEqualTo("DENIED: nobody said yes");
    }

    @Test
    void timeOut_endsIt_andTellsTheNode() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        timers.advance(Duration.ofSeconds(30));

        assertThat(message(answer)).isEqualTo("TIMEOUT: node invoke timed out");
        assertThat(audience.alone.get(1)).contains("node.invoke.cancel", id(0));
        assertThat(invocations.answered(nodeCaller("c1"), ok(id(0), "1"))).isFalse();
    }

    @Test
    void connectionThatGoes_endsWhatItWasAsked_andNothingElse() {
        LiveNode other = live("c2");
        CompletableFuture<Answer> gone = ask("k1", "a.b");
        CompletableFuture<Answer> stays = invocations.ask(operator, other, asked("k2", "a.b"));

        invocations.nodeGone("c1");

        assertThat(message(gone)).isEqualTo("NOT_CONNECTED: node disconnected while it was invoked");
        assertThat(stays).isNotDone();
    }

    @Test
    void nodeThatIsWithdrawn_endsWhatItWasAsked() {
        CompletableFuture<Answer> answer = ask("k", "a.b");

        invocations.nodeWithdrawn("c1");

        assertThat(code(answer)).isEqualTo("PAIRING_CHANGED");
    }

    @Test
    void connectionThatIsGone_isNotAsked_andAskingAgainIsTheFirstTime() {
        node.gone();
        assertThat(code(ask("k", "a.b"))).isEqualTo("NOT_CONNECTED");
        audience.unreachable.add("c2");
        assertThat(code(invocations.ask(operator, live("c2"), asked("k", "a.b"))))
                .isEqualTo("NOT_CONNECTED");

        assertThat(invocations.count()).isZero();
        CompletableFuture<Answer> now = invocations.ask(operator, live("c3"), asked("k", "a.b"));
        assertThat(now).isNotDone();
        assertThat(audience.alone).singleElement().asString().startsWith("c3 ");
    }

    @Test
    void sameKey_isAnsweredAlike_andDoneOnce() {
        CompletableFuture<Answer> first = ask("k", "a.b");
        CompletableFuture<Answer> second = invocations.ask(operator("op 2", Optional.empty()), node, asked("k", "a.b"));
        invocations.answered(nodeCaller("c1"), ok(id(0), "1"));
        CompletableFuture<Answer> third = ask("k", "a.b");

        assertThat(audience.alone).hasSize(1);
        assertThat(payload(second)).isEqualTo(payload(first));
        assertThat(payload(third)).isEqualTo(payload(first));
    }

    @Test
    void sameKey_ofAnotherDevice_isAnotherWish() {
        begin("k", "a.b");

        assertThat(invocations.ask(operator("op", Optional.of("d")), node, asked("k", "a.b")))
                .isNotDone();

        assertThat(audience.alone).hasSize(2);
    }

    @Test
    void sameKey_forSomethingElse_isRefused() {
        begin("k", "a.b");

        assertThat(message(ask("k", "c.d"))).isEqualTo("idempotencyKey was used for another node.invoke");
        assertThat(message(invocations.ask(operator, node, asked("k", "a.b").with(Optional.of(TextNode.valueOf("x"))))))
                .isEqualTo("idempotencyKey was used for another node.invoke");
    }

    @Test
    void sameKey_afterAWhile_isANewWish() {
        begin("k", "a.b");
        invocations.answered(nodeCaller("c1"), ok(id(0), "1"));

        clock.advance(InvocationMemory.KEPT.plusMillis(1));

        assertThat(ask("k", "a.b")).isNotDone();
        assertThat(audience.alone).hasSize(2);
    }

    @Test
    void answersThatAreTooMuchToKeep_areForgotten_butNotThatTheyWere() {
        String large = "\"" + "x".repeat(3 * 1024 * 1024) + "\"";
        for (int call = 0; call < 4; call++) {
            begin("k" + call, "a.b");
            invocations.answered(nodeCaller("c1"), ok(id(call), large));
        }

        assertThat(message(ask("k0", "a.b")))
                .isEqualTo("this node.invoke was carried out; its answer is no longer kept");
        assertThat(payload(ask("k3", "a.b"))).containsEntry("payloadJSON", large);
        assertThat(audience.alone).hasSize(4);
    }

    @Test
    void callerThatLeaves_endsNothing_andMayAskAgain() {
        ask("k", "a.b").cancel(false);

        assertThat(invocations.count()).isEqualTo(1);
        CompletableFuture<Answer> again = ask("k", "a.b");
        invocations.answered(nodeCaller("c1"), ok(id(0), "1"));
        assertThat(payload(again)).containsEntry("payloadJSON", "1");
        assertThat(audience.alone).hasSize(1);
    }

    @Test
    void whatOneNodeIsAsked_isBounded() {
        for (int call = 0; call < Invocations.OF_ONE_NODE_MAX; call++) {
            begin("k" + call, "a.b");
        }

        assertThat(message(ask("one more", "a.b"))).isEqualTo("too many node commands are under way");
        assertThat(invocations.ask(operator, live("c2"), asked("another", "a.b")))
                .isNotDone();
    }

    @Test
    void whatAllNodesAreAsked_isBounded() {
        for (int call = 0; call < Invocations.UNDER_WAY_MAX; call++) {
            assertThat(invocations.ask(operator, live("c" + call), asked("k" + call, "a.b")))
                    .isNotDone();
        }

        assertThat(message(invocations.ask(operator, live("last"), asked("one more", "a.b"))))
                .isEqualTo("too many node commands are under way");
    }

    @RepeatedTest(50)
    void answer_timeOut_andDeparture_atOnce_endItOnce() throws Exception {
        CompletableFuture<Answer> answer = ask("k", "a.b");
        String id = id(0);

        List<Boolean> taken = atOnce(
                () -> invocations.answered(nodeCaller("c1"), ok(id, "1")),
                () -> {
                    node.gone();
                    invocations.nodeGone("c1");
                    return false;
                },
                () -> {
                    timers.advance(Duration.ofMinutes(1));
                    return false;
                });

        assertThat(answer).isDone();
        assertThat(answer.join() instanceof Answer.Payload).isEqualTo(taken.contains(true));
        assertThat(invocations.count()).isZero();
    }

    @RepeatedTest(50)
    void wishAndDeparture_atOnce_leaveNothingWaiting() throws Exception {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();

        atOnce(() -> answers.add(ask("k", "a.b")), () -> {
            node.gone();
            invocations.nodeGone("c1");
            return true;
        });

        assertThat(answers.get(0)).isDone();
        assertThat(code(answers.get(0))).isEqualTo("NOT_CONNECTED");
        assertThat(invocations.count()).isZero();
    }

    @RepeatedTest(50)
    void sameWish_atOnce_isPassedOnOnce() throws Exception {
        atOnce(() -> ask("k", "a.b").isDone(), () -> ask("k", "a.b").isDone());

        assertThat(audience.alone).hasSize(1);
    }

    @SafeVarargs
    private static List<Boolean> atOnce(Callable<Boolean>... works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            CyclicBarrier start = new CyclicBarrier(works.length);
            List<Future<Boolean>> futures = new ArrayList<>();
            for (Callable<Boolean> work : works) {
                futures.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return work.call();
                }));
            }
            List<Boolean> outcomes = new ArrayList<>();
            for (Future<Boolean> future : futures) {
                outcomes.add(future.get(10, TimeUnit.SECONDS));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private void begin(String key, String command) {
        assertThat(ask(key, command)).isNotDone();
    }

    private CompletableFuture<Answer> ask(String key, String command) {
        return invocations.ask(operator, node, asked(key, command));
    }

    private static NodeInvocation asked(String key, String command) {
        return new NodeInvocation(
                "n", command, Optional.<JsonNode>empty(), NodeInvocation.USUAL, key, Optional.empty());
    }

    /** The id of an invocation, by the order in which the nodes were asked. */
    private String id(int index) {
        String frame = audience.alone.get(index);
        String mark = "\"id\":\"";
        int from = frame.indexOf(mark) + mark.length();
        return frame.substring(from, frame.indexOf('"', from));
    }

    private static NodeResult ok(String id, String json) {
        return new NodeResult(id, "n", true, Optional.empty(), Optional.of(json), Optional.empty(), Optional.empty());
    }

    private static LiveNode live(String connectionId) {
        NodeClaim claim = new NodeClaim(
                "n",
                new Client("node-host", "node", "1", "linux", Optional.empty(), Optional.empty(), List.of()),
                NodeDetails.none(),
                InetAddress.getLoopbackAddress(),
                true,
                NodeSurface.of(List.of(), List.of("a.b"), Map.of()));
        return new LiveNode(connectionId, claim, Optional.empty(), Instant.EPOCH);
    }

    private static Caller operator(String connectionId, Optional<String> device) {
        return new Caller(connectionId, Role.OPERATOR, Scopes.of("operator.write"), Identity.TOKEN, device);
    }

    private static Caller nodeCaller(String connectionId) {
        return new Caller(connectionId, Role.NODE, Scopes.none(), Identity.TOKEN, Optional.of("n"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> payload(CompletableFuture<Answer> answer) {
        return (Map<String, Object>) ((Answer.Payload) answer.join()).payload();
    }

    private static String message(CompletableFuture<Answer> answer) {
        return ((Answer.Failure) answer.join()).error().message();
    }

    private static String code(CompletableFuture<Answer> answer) {
        return String.valueOf(((Answer.Failure) answer.join()).error().details().get("code"));
    }
}
