package dev.gatehouse.checks.pairing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.gatehouse.spi.DeviceDirectory.PairedDevice;
import dev.gatehouse.spi.PairingDesk.Claim;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.PairingDesk.Ticket;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/** The words of refusals that wait for an operator (wire reference 4.6, R61 to R64). */
final class PairingReasons {

    private static final String CODE = "PAIRING_REQUIRED";
    private static final String APPROVAL_CODE = "approvalCode";
    private static final Pattern SCOPE = Pattern.compile("[ -~]{1,64}");
    private static final int SCOPES_MAX = 64;
    private static final Retry ONCE_THERE_IS_ROOM = Retry.afterApproval(Duration.ofSeconds(30));

    private PairingReasons() {}

    private record Wording(String message, String reason, String hint) {

        /** The reason stays the one that stock clients know for it. */
        static final Wording REVOKED = new Wording(
                "pairing required: access of this device was revoked and must be approved again",
                "role-upgrade",
                "Its access was revoked. Approve the pending request only if it is to come back.");

        static Wording of(Need need) {
            return switch (need) {
                case NOT_PAIRED ->
                    new Wording(
                            "pairing required: device is not approved yet",
                            "not-paired",
                            "Approve this device from the pending pairing requests.");
                case METADATA_UPGRADE ->
                    new Wording(
                            "pairing required: device identity changed and must be re-approved",
                            "metadata-upgrade",
                            "Review the refreshed device details, then approve the pending request.");
                case ROLE_UPGRADE ->
                    new Wording(
                            "pairing required: device is asking for a higher role than currently approved",
                            "role-upgrade",
                            "Review the requested role upgrade, then approve the pending request.");
                case SCOPE_UPGRADE ->
                    new Wording(
                            "pairing required: device is asking for more scopes than currently approved",
                            "scope-upgrade",
                            "Review the requested scopes, then approve the pending upgrade.");
            };
        }
    }

    /** R61 to R64: the request waits. */
    static VetoReason waiting(Claim claim, Ticket ticket, Standing standing) {
        Wording wording = standing.isRevoked() ? Wording.REVOKED : Wording.of(claim.need());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", wording.reason());
        details.put(VetoReason.REQUEST_ID, ticket.requestId());
        details.put("remediationHint", wording.hint());
        details.put("deviceId", claim.device().deviceId());
        details.put("requestedRole", claim.role().wireName());
        List<String> requestedScopes = shown(claim.scopes());
        if (!requestedScopes.isEmpty()) {
            details.put("requestedScopes", requestedScopes);
        }
        standing.known().ifPresent(device -> putApproved(device, details));
        details.put(APPROVAL_CODE, ticket.code());
        return new VetoReason(
                CODE,
                wording.message(),
                Effect.AWAIT_APPROVAL,
                details,
                Retry.afterApproval(ticket.pollEvery()),
                List.of(approveCommand(ticket)));
    }

    /** No request could be opened. */
    static VetoReason tooManyRequests() {
        return VetoReason.of(CODE, Effect.AWAIT_APPROVAL, "pairing required: too many pairing requests are waiting")
                .withDetail("reason", "too-many-requests")
                .withRetry(ONCE_THERE_IS_ROOM);
    }

    private static void putApproved(PairedDevice device, Map<String, Object> details) {
        details.put(
                "approvedRoles",
                device.grants().keySet().stream().sorted().map(Role::wireName).toList());
        details.put(
                "approvedScopes",
                shown(device.grants().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getValue().scopes())
                        .reduce(Scopes.none(), Scopes::plus)));
    }

    /** A client may call anything a scope; what no scope looks like is not sent back. */
    private static List<String> shown(Scopes scopes) {
        return scopes.asList().stream()
                .filter(SCOPE.asMatchPredicate())
                .limit(SCOPES_MAX)
                .toList();
    }

    private static String approveCommand(Ticket ticket) {
        return "curl -X POST -H \"Authorization: Bearer $API_KEY\" \"$GATEHOUSE/api/v1/pairing-requests/"
                + ticket.requestId() + "/approve\"";
    }
}
