package dev.gatehouse.testkit;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;

/**
 * What came of a question.
 *
 * @param question what was asked
 * @param connection about whom
 * @param verdict what the check said, or empty when it said nothing
 * @param thrown what it threw
 */
record Answer(Question question, ConnectFixture connection, Optional<Verdict> verdict, Optional<Throwable> thrown) {

    private static final int TEXT_MAX = 500;

    /** To compare with that of another answer: the verdict, or the kind of what was thrown. */
    Object outcome() {
        return verdict.<Object>map(said -> said)
                .or(() -> thrown.map(Throwable::getClass))
                .orElse("null");
    }

    /** Why the check refuses, if it does. */
    Optional<VetoReason> refusal() {
        if (verdict.orElse(null) instanceof Verdict.Veto veto) {
            return Optional.of(veto.reason());
        }
        return verdict.orElse(null) instanceof Verdict.Absent absent ? Optional.of(absent.reason()) : Optional.empty();
    }

    /** Every text of the refusal; none when there is no refusal. */
    List<String> texts() {
        return refusal().map(Texts::of).orElse(List.of());
    }

    boolean isNull() {
        return verdict.isEmpty() && thrown.isEmpty();
    }

    /** Who the check says this is, if it does. */
    Optional<Verdict.Identified> identified() {
        return verdict.filter(Verdict.Identified.class::isInstance).map(Verdict.Identified.class::cast);
    }

    @Override
    public String toString() {
        String outcome = thrown.<Object>map(it -> it).orElseGet(this::outcome).toString();
        return question + ", " + connection + ": "
                + (outcome.length() > TEXT_MAX ? outcome.substring(0, TEXT_MAX) + "..." : outcome);
    }
}
