package dev.gatehouse.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * One check's answer about one connection.
 *
 * <p>A connection is admitted when no check vetoed, no check failed, and at least one identified the client. No verdict
 * can make the gateway skip another check, and none can widen what another one granted.
 *
 * @since 0.1
 */
public sealed interface Verdict {

    /**
     * No objection.
     *
     * @param ceiling scopes that the session may not exceed, or empty for no limit
     */
    record Pass(Optional<Scopes> ceiling) implements Verdict {
        private static final Pass UNLIMITED = new Pass(Optional.empty());
    }

    /**
     * Positive evidence of who the client is.
     *
     * @param identity who it is, and how that was proven
     * @param proposed scopes that this proof is good for; a ceiling like that of {@link Pass}
     */
    record Identified(Identity identity, Scopes proposed) implements Verdict {}

    /**
     * The credential that this check knows was not presented.
     *
     * @param reason what to tell the client if nobody identifies it; the first one in chain order is told
     */
    record Absent(VetoReason reason) implements Verdict {}

    /**
     * The connection is refused, whatever other checks say.
     *
     * @param reason why, and what to do about it
     */
    record Veto(VetoReason reason) implements Verdict {}

    /**
     * No objection and no limit.
     *
     * @return the verdict
     */
    static Verdict pass() {
        return Pass.UNLIMITED;
    }

    /**
     * No objection to a session with at most these scopes.
     *
     * @param ceiling the scopes that the session may not exceed
     * @return the verdict
     */
    static Verdict limit(Scopes ceiling) {
        return new Pass(Optional.of(ceiling));
    }

    /**
     * The client is known.
     *
     * @param identity who it is, and how that was proven
     * @param proposed scopes that this proof is good for
     * @return the verdict
     */
    static Verdict identified(Identity identity, Scopes proposed) {
        return new Identified(
                Objects.requireNonNull(identity, "identity"), Objects.requireNonNull(proposed, "proposed"));
    }

    /**
     * The credential that this check knows was not presented.
     *
     * @param reason what to tell the client if nobody identifies it
     * @return the verdict
     */
    static Verdict absent(VetoReason reason) {
        return new Absent(Objects.requireNonNull(reason, "reason"));
    }

    /**
     * The connection is refused.
     *
     * @param reason why, and what to do about it
     * @return the verdict
     */
    static Verdict veto(VetoReason reason) {
        return new Veto(Objects.requireNonNull(reason, "reason"));
    }
}
