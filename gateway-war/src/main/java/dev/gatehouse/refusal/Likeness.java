package dev.gatehouse.refusal;

import java.util.Optional;

import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.UpgradeContext;

/** What two refusals have in common that are one to people: the reason, the client, and where it came from. */
final class Likeness {

    private static final String END = "\n";

    private Likeness() {}

    /** The same for identical refusals: 64 hex digits. A client without a device is known by its address. */
    static String of(Occurrence occurrence) {
        UpgradeContext upgrade = occurrence.upgrade();
        Optional<Visitor> visitor = occurrence.visitor();
        String who = visitor.flatMap(Visitor::deviceId)
                .orElseGet(() -> upgrade.address().getHostAddress());
        String text = String.join(
                END,
                occurrence.outcome().name(),
                occurrence.kind().name(),
                occurrence.code(),
                occurrence.check().orElse(""),
                isBeforeTheChain(occurrence) ? occurrence.message() : "",
                occurrence.text("requestId").orElse(""),
                who,
                visitor.map(client -> client.id() + END + client.mode() + END + client.role())
                        .orElse(""),
                upgrade.origin().orElse(""),
                upgrade.host().orElse(""));
        return Sha256.hex(text);
    }

    /** What is wrong with a frame is in the message alone; a check may put the time of day into its own. */
    private static boolean isBeforeTheChain(Occurrence occurrence) {
        return occurrence.trace().entries().isEmpty();
    }
}
