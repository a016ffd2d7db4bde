package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.refusal.Account;
import dev.gatehouse.refusal.KeptRefusal;
import dev.gatehouse.refusal.Visitor;

/** A refusal in the list of them. */
record RefusalLine(
        String id,
        long count,
        String firstAt,
        String lastAt,
        String decision,
        String code,
        String message,
        String why,
        Optional<String> check,
        Optional<String> requestId,
        String peer,
        Optional<String> host,
        Optional<String> origin,
        Optional<ClientLine> client,
        Optional<String> deviceId) {

    /** Which client it was. */
    record ClientLine(String id, String mode, String version, String platform, Optional<String> displayName) {

        static ClientLine of(Visitor visitor) {
            return new ClientLine(
                    visitor.id(), visitor.mode(), visitor.version(), visitor.platform(), visitor.displayName());
        }
    }

    static RefusalLine of(KeptRefusal refusal) {
        Account account = refusal.account();
        return new RefusalLine(
                refusal.id(),
                refusal.count(),
                refusal.firstAt().toString(),
                refusal.lastAt().toString(),
                account.outcome().label(),
                account.told().code(),
                account.told().message(),
                account.kind().why(),
                account.check(),
                account.told().requestId(),
                account.seen().peer(),
                account.seen().host(),
                account.seen().origin(),
                account.seen().client().map(ClientLine::of),
                account.seen().client().flatMap(Visitor::deviceId));
    }
}
