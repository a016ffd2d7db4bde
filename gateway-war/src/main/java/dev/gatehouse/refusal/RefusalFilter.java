package dev.gatehouse.refusal;

import java.util.Optional;

/**
 * Which refusals somebody wants to see.
 *
 * @param code those with this code
 * @param deviceId those of this device
 */
public record RefusalFilter(Optional<String> code, Optional<String> deviceId) {

    /** Every refusal. */
    public static final RefusalFilter ALL = new RefusalFilter(Optional.empty(), Optional.empty());

    boolean accepts(KeptRefusal refusal) {
        Account account = refusal.account();
        return (code.isEmpty() || code.get().equals(account.told().code()))
                && (deviceId.isEmpty()
                        || deviceId.equals(account.seen().client().flatMap(Visitor::deviceId)));
    }
}
