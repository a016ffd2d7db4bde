package dev.gatehouse.management;

import jakarta.ws.rs.WebApplicationException;

/** Refuses a call with a problem that is already worded. */
final class ProblemException extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    ProblemException(Problem problem) {
        super(problem.detail(), problem.response().build());
    }

    ProblemException(Problem problem, Throwable cause) {
        super(problem.detail(), cause, problem.response().build());
    }

    /** The problem, for those who do not answer by JAX-RS. */
    Problem problem() {
        return (Problem) getResponse().getEntity();
    }
}
