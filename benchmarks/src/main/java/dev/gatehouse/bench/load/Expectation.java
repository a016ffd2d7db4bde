package dev.gatehouse.bench.load;

import dev.gatehouse.bench.client.Answer;

/** The answer that a run is about; every other answer counts as an error. */
public enum Expectation {
    ADMITTED {
        @Override
        boolean isMetBy(Answer answer) {
            return answer instanceof Answer.Admitted;
        }
    },
    REFUSED {
        @Override
        boolean isMetBy(Answer answer) {
            return answer instanceof Answer.Refused refused && refused.closeCode() == POLICY_VIOLATION;
        }
    };

    private static final int POLICY_VIOLATION = 1008;

    abstract boolean isMetBy(Answer answer);
}
