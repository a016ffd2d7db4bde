package dev.gatehouse.refusal;

import java.time.Instant;
import java.util.List;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;

/** Connections that are not admitted. */
final class Occurrences {

    static final VetoReason MISMATCH = VetoReason.of(
            "AUTH_TOKEN_MISMATCH",
            VetoReason.Effect.IDENTIFY,
            "unauthorized: gateway token mismatch (provide gateway auth token)");

    private Occurrences() {}

    /** The command line of an address with a wrong token. */
    static Occurrence from(String address) {
        return of(ConnectFixture.cli().from(address).withToken("wrong"), MISMATCH);
    }

    static Occurrence of(ConnectFixture facts, VetoReason reason) {
        return Occurrence.refused(facts.connect(), new Decision.Refused(reason, new Trace(List.of())));
    }

    /** The same as it is kept, without anything that keeps it. */
    static KeptRefusal kept(Occurrence occurrence) {
        RefusalMemory memory = new RefusalMemory();
        String id = memory.keep(occurrence, () -> "00c0ffee00", Instant.EPOCH, Instant.MIN, 100);
        return memory.find(id, Instant.MIN).orElseThrow();
    }
}
