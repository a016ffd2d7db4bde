package dev.gatehouse.admission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a client is admitted, and with which scopes, does not depend on the order of pure checks. */
class OrderTest {

    private static final VetoReason REASON = VetoReason.of("NOT_TODAY", VetoReason.Effect.IDENTIFY, "not like this");
    private static final List<Verdict> VERDICTS = List.of(
            Verdict.pass(),
            Verdict.limit(Scopes.of("operator.read")),
            Verdict.identified(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN)),
            Verdict.identified(new Identity("person", "someone"), Scopes.of("operator.write")),
            Verdict.absent(REASON),
            Verdict.veto(REASON));
    private static final int CHECKS = 4;

    private final ChainFixture fixture = new ChainFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void admission_ofAnyFourVerdicts_isTheSameInEveryOrder() {
        List<List<Verdict>> choices = new ArrayList<>();
        choose(new ArrayList<>(), 0, choices);

        assertThat(choices).hasSize(126).allSatisfy(verdicts -> {
            Set<Object> outcomes = new HashSet<>();
            permute(checksOf(verdicts), 0, order -> outcomes.add(outcome(order)));
            assertThat(outcomes).hasSize(1);
        });
    }

    /** Everything about a decision that a session depends on; which refusal is told may differ. */
    private Object outcome(List<NamedCheck> order) {
        Decision decision = ChainFixture.decide(
                fixture.chainOf(order),
                ConnectFixture.cli().withScopes("operator.read", "operator.write", "operator.admin"));
        return decision instanceof Decision.Admitted admitted ? admitted.scopes() : decision.getClass();
    }

    private static List<NamedCheck> checksOf(List<Verdict> verdicts) {
        List<NamedCheck> checks = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            ChainFixture.AtConnect check = context -> verdict;
            checks.add(new NamedCheck("check-" + checks.size(), check));
        }
        return checks;
    }

    private static void choose(List<Verdict> chosen, int from, List<List<Verdict>> all) {
        if (chosen.size() == CHECKS) {
            all.add(List.copyOf(chosen));
            return;
        }
        for (int i = from; i < VERDICTS.size(); i++) {
            chosen.add(VERDICTS.get(i));
            choose(chosen, i, all);
            chosen.remove(chosen.size() - 1);
        }
    }

    private static void permute(List<NamedCheck> checks, int fixed, Consumer<List<NamedCheck>> each) {
        if (fixed == checks.size()) {
            each.accept(checks);
            return;
        }
        for (int i = fixed; i < checks.size(); i++) {
            Collections.swap(checks, fixed, i);
            permute(checks, fixed + 1, each);
            Collections.swap(checks, fixed, i);
        }
    }
}
