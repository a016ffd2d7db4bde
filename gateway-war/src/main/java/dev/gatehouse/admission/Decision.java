package dev.gatehouse.admission;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;

/** The chain's outcome for one connection. */
public sealed interface Decision {

    /** What each check said. */
    Trace trace();

    /**
     * The connection may live.
     *
     * @param identity who the client is: the first identification in chain order
     * @param scopes what the session may do: the requested scopes, cut to every proposal and every ceiling
     * @param trace what each check said
     */
    record Admitted(Identity identity, Scopes scopes, Trace trace) implements Decision {}

    /**
     * Policy says no.
     *
     * @param reason what the client is told
     * @param trace what each check said
     */
    record Refused(VetoReason reason, Trace trace) implements Decision {}

    /**
     * Nobody could decide; the client did nothing wrong.
     *
     * @param failure which check failed, and how
     * @param trace what each check said
     */
    record Failed(Failure failure, Trace trace) implements Decision {

        /** The same in texts alone: what a plugin threw would keep the plugin from being unloaded. */
        Failed withoutThrown() {
            return new Failed(failure.withoutThrown(), trace);
        }
    }
}
