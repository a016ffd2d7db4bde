package dev.gatehouse.admission;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;

/** What came of asking one check at one stage. */
sealed interface Reply {

    Stage stage();

    /** The check's name in the chain. */
    String check();

    Duration took();

    /** When the check was asked, as {@link System#nanoTime} has it. */
    long askedAt();

    Answer answer();

    /** Who the client is, if the check identified it. */
    default Optional<Identity> identity() {
        return Optional.empty();
    }

    /** Why the check objects, if it does. */
    default Optional<VetoReason> reason() {
        return Optional.empty();
    }

    /** What the session may do at most, if the check says so. */
    default Optional<Scopes> ceiling() {
        return Optional.empty();
    }

    /** Why there is no usable answer, if there is none. */
    default Optional<Failure> failed() {
        return Optional.empty();
    }

    /** Whether no further check needs to be asked. */
    default boolean isFinal() {
        return answer() == Answer.VETO || answer() == Answer.FAILED;
    }

    default Trace.Entry toEntry() {
        Optional<String> code = failed().map(failure -> failure.kind().name()).or(() -> reason().map(VetoReason::code));
        return new Trace.Entry(stage(), check(), answer(), code, took(), askedAt());
    }

    /** The check gave a verdict, whose values are the gateway's own. */
    record Said(Stage stage, String check, Verdict verdict, Duration took, long askedAt) implements Reply {

        @Override
        public Answer answer() {
            if (verdict instanceof Verdict.Pass) {
                return Answer.PASS;
            }
            if (verdict instanceof Verdict.Identified) {
                return Answer.IDENTIFIED;
            }
            return verdict instanceof Verdict.Absent ? Answer.ABSENT : Answer.VETO;
        }

        @Override
        public Optional<Identity> identity() {
            return verdict instanceof Verdict.Identified known ? Optional.of(known.identity()) : Optional.empty();
        }

        @Override
        public Optional<VetoReason> reason() {
            if (verdict instanceof Verdict.Absent absent) {
                return Optional.of(absent.reason());
            }
            return verdict instanceof Verdict.Veto veto ? Optional.of(veto.reason()) : Optional.empty();
        }

        @Override
        public Optional<Scopes> ceiling() {
            if (verdict instanceof Verdict.Identified identified) {
                return Optional.of(identified.proposed());
            }
            return verdict instanceof Verdict.Pass pass ? pass.ceiling() : Optional.empty();
        }
    }

    /** There is no verdict; blame is on whom {@code failure} names. */
    record Unusable(Stage stage, Failure failure, Duration took, long askedAt) implements Reply {

        @Override
        public String check() {
            return failure.check();
        }

        @Override
        public Answer answer() {
            return Answer.FAILED;
        }

        @Override
        public Optional<Failure> failed() {
            return Optional.of(failure);
        }
    }
}
