package dev.gatehouse.management;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import dev.gatehouse.idempotency.KeptAnswers;
import dev.gatehouse.idempotency.Standing;

/** Why a call with an idempotency key is not done. Stateless. */
final class IdempotencyProblem {

    private static final int RETRY_SECONDS = 2;

    private IdempotencyProblem() {}

    static Response malformed() {
        return problem(
                400,
                "IDEMPOTENCY_KEY_INVALID",
                "Invalid idempotency key",
                IdempotencyFilter.HEADER + " must be given once, and be 1 to 128 visible ASCII characters");
    }

    /** The answer to a call that is neither to be done nor answered again. */
    static Response of(Standing standing) {
        if (standing instanceof Standing.UnderWay) {
            return withRetry(
                    RETRY_SECONDS,
                    problem(
                            409,
                            "IDEMPOTENCY_CALL_UNDER_WAY",
                            "Under way",
                            "the same call is being done; ask again for its answer in " + RETRY_SECONDS + " seconds"));
        }
        if (standing instanceof Standing.Unknown unknown) {
            return problem(
                    409,
                    "IDEMPOTENCY_OUTCOME_UNKNOWN",
                    "Outcome unknown",
                    "the gateway failed in the middle of this call, begun at " + unknown.since()
                            + "; see what it did by GET /audit and the thing itself, and use another "
                            + IdempotencyFilter.HEADER + " to do it anew");
        }
        if (standing instanceof Standing.Full full) {
            long seconds = Math.max(1, full.roomIn().toSeconds() + 1);
            return withRetry(
                    seconds,
                    problem(
                            429,
                            "IDEMPOTENCY_KEYS_EXHAUSTED",
                            "Too many idempotency keys",
                            "the gateway keeps the answers of " + KeptAnswers.MAX_PER_KEY
                                    + " calls of an API key, and of "
                                    + KeptAnswers.MAX + " in all, for a day; there is room again in " + seconds
                                    + " seconds, and at once without " + IdempotencyFilter.HEADER));
        }
        return problem(
                422,
                "IDEMPOTENCY_KEY_REUSED",
                "Idempotency key reused",
                "another call was made with this " + IdempotencyFilter.HEADER + "; use a new one for each call");
    }

    private static Response problem(int status, String code, String title, String detail) {
        return Problem.of(status, code, title, detail).response().build();
    }

    private static Response withRetry(long seconds, Response problem) {
        return Response.fromResponse(problem)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }
}
