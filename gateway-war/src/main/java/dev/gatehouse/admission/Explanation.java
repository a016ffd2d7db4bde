package dev.gatehouse.admission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;

/**
 * What a chain would decide about a connection, and what every check of it says, in values of the gateway alone.
 *
 * @param decision the decision by the normal rule; a failed one without what was thrown
 * @param answers every check at every stage at which it examines anything, in the order of asking
 */
public record Explanation(Decision decision, List<Explained> answers) {

    public Explanation {
        answers = List.copyOf(answers);
    }

    /**
     * One check's answer at one stage.
     *
     * @param stage when the check is asked
     * @param check its name in the chain
     * @param mode what its verdict is worth
     * @param isCounted whether the decision rests on it; not, when the check is in shadow mode or a check before it
     *     already ended the asking
     * @param answer what it said
     * @param reason why, for an absent credential or a veto
     * @param scopes what the session may do at most, by a limit or a proposal
     * @param identity who the client is, if this check identified it
     * @param failure one line about why there is no usable answer
     * @param took how long it took
     */
    public record Explained(
            Stage stage,
            String check,
            Mode mode,
            boolean isCounted,
            Answer answer,
            Optional<VetoReason> reason,
            Optional<Scopes> scopes,
            Optional<Identity> identity,
            Optional<String> failure,
            Duration took) {

        /** Whether the check objects, whoever the client is. */
        public boolean isVeto() {
            return answer == Answer.VETO;
        }
    }
}
