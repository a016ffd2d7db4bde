package dev.gatehouse.admission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.admission.Explanation.Explained;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;

/**
 * Asks every check of a chain about one connection, also after the one that would end the asking. To be used once, by
 * one thread.
 *
 * <p>Each question is an examination of its own, with the deadlines of one; nothing is counted, and no circuit
 * breaker is looked at. A check that the normal rule would not ask knows the identity that the enforced checks before it
 * have proven, so that it says what it would say if they did not object.
 */
final class Explainer {

    private final AdmissionSettings settings;
    private final Examiners examiners;
    private final ConnectContext context;
    private final List<Explained> answers = new ArrayList<>();

    /** What the decision rests on. */
    private Findings counted = Findings.NONE;

    /** What all enforced checks say. */
    private Findings enforced = Findings.NONE;

    Explainer(AdmissionSettings settings, Examiners examiners, ConnectContext context) {
        this.settings = settings;
        this.examiners = examiners;
        this.context = context;
    }

    Explanation explain(List<Link> chain) {
        for (Stage stage : Stage.values()) {
            Set<String> before = new HashSet<>();
            for (Link link : chain) {
                if (link.examines(stage)) {
                    explain(stage, link, before);
                }
                if (link.isEnforced()) {
                    before.add(link.name());
                }
            }
        }
        Decision decision = counted.decide(context);
        return new Explanation(decision instanceof Decision.Failed failed ? failed.withoutThrown() : decision, answers);
    }

    private void explain(Stage stage, Link link, Set<String> before) {
        boolean isCounted = link.isEnforced() && !counted.isFinal();
        Optional<Identity> identity = link.isEnforced() ? enforced.identity() : enforced.identityBy(before);
        Reply reply = ask(stage, link, identity);
        if (link.isEnforced()) {
            enforced = enforced.plus(List.of(reply));
        }
        if (isCounted) {
            counted = counted.plus(List.of(reply));
        }
        answers.add(explained(stage, link, isCounted, reply));
    }

    private Reply ask(Stage stage, Link link, Optional<Identity> identity) {
        ConnectContext known = identity.map(context::identifiedAs).orElse(context);
        Examination examination = new Examination(
                stage,
                List.of(link.uncounted()),
                stage == Stage.UPGRADE
                        ? Examination.atUpgrade(context.upgrade())
                        : nobody -> check -> check.atConnect(known),
                Findings.NONE,
                settings,
                examiners::stalledNanos);
        return examiners.start(examination).join().replies().get(0);
    }

    private static Explained explained(Stage stage, Link link, boolean isCounted, Reply reply) {
        return new Explained(
                stage,
                link.name(),
                link.named().mode(),
                isCounted,
                reply.answer(),
                reply.reason(),
                reply.ceiling(),
                reply.identity(),
                reply.failed().map(Failure::summary),
                reply.took());
    }
}
