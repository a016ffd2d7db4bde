package dev.gatehouse.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The rule table of wire reference 7.4 and 8.2: every kind of caller, with every set of scopes, on every target. */
class DeviceRulesTest {

    private static final String OWN = "own";
    private static final Scopes READ = Scopes.of("operator.read");
    private static final List<String> POOL = List.of(
            "operator.read",
            "operator.write",
            "operator.admin",
            "operator.approvals",
            "operator.questions",
            "operator.pairing",
            "operator.talk",
            "operator.talk.secrets",
            "operator.sessions.read",
            "operator.sessions.write");

    private static final Map<String, Authority> CALLERS = Map.of(
            "owner", Authority.owner(),
            "shared/admin", session(false, "operator.admin"),
            "shared/pairing", session(false, "operator.pairing", "operator.read"),
            "shared/read", session(false, "operator.read"),
            "bound/admin", session(true, "operator.admin"),
            "bound/pairing", session(true, "operator.pairing", "operator.read"),
            "bound/read", session(true, "operator.read"),
            "bound/nobody",
                    Authority.ofSession(Scopes.of("operator.pairing", "operator.read"), Optional.empty(), true));

    // Each row: the answers about own operator, own node, foreign operator, foreign node.
    @ParameterizedTest
    @CsvSource({
        "approve, owner, yes, yes, yes, yes",
        "approve, shared/admin, yes, yes, yes, yes",
        "approve, shared/pairing, yes, approval, yes, approval",
        "approve, shared/read, scope, scope, scope, scope",
        "approve, bound/admin, yes, yes, yes, yes",
        "approve, bound/pairing, yes, approval, approval, approval",
        "approve, bound/read, scope, scope, scope, scope",
        "approve, bound/nobody, approval, approval, approval, approval",
        "reject, owner, yes, yes, yes, yes",
        "reject, shared/admin, yes, yes, yes, yes",
        "reject, shared/pairing, yes, yes, yes, yes",
        "reject, shared/read, scope, scope, scope, scope",
        "reject, bound/admin, yes, yes, yes, yes",
        "reject, bound/pairing, yes, rejection, rejection, rejection",
        "reject, bound/read, scope, scope, scope, scope",
        "reject, bound/nobody, rejection, rejection, rejection, rejection",
        "remove, owner, yes, yes, yes, yes",
        "remove, shared/admin, yes, yes, yes, yes",
        "remove, shared/pairing, yes, yes, yes, yes",
        "remove, shared/read, scope, scope, scope, scope",
        "remove, bound/admin, yes, yes, yes, yes",
        "remove, bound/pairing, yes, yes, removal, removal",
        "remove, bound/read, scope, scope, scope, scope",
        "remove, bound/nobody, removal, removal, removal, removal",
        "rename, owner, yes, yes, yes, yes",
        "rename, shared/admin, yes, yes, yes, yes",
        "rename, shared/pairing, yes, yes, yes, yes",
        "rename, shared/read, scope, scope, scope, scope",
        "rename, bound/admin, yes, yes, yes, yes",
        "rename, bound/pairing, yes, yes, rename, rename",
        "rename, bound/read, scope, scope, scope, scope",
        "rename, bound/nobody, rename, rename, rename, rename",
        "rotate, owner, yes, yes, yes, yes",
        "rotate, shared/admin, yes, yes, yes, yes",
        "rotate, shared/pairing, yes, rotation, yes, rotation",
        "rotate, shared/read, scope, scope, scope, scope",
        "rotate, bound/admin, yes, yes, yes, yes",
        "rotate, bound/pairing, yes, rotation, rotation, rotation",
        "rotate, bound/read, scope, scope, scope, scope",
        "rotate, bound/nobody, rotation, rotation, rotation, rotation",
        "revoke, owner, yes, yes, yes, yes",
        "revoke, shared/admin, yes, yes, yes, yes",
        "revoke, shared/pairing, yes, revocation, yes, revocation",
        "revoke, shared/read, scope, scope, scope, scope",
        "revoke, bound/admin, yes, yes, yes, yes",
        "revoke, bound/pairing, yes, revocation, revocation, revocation",
        "revoke, bound/read, scope, scope, scope, scope",
        "revoke, bound/nobody, revocation, revocation, revocation, revocation"
    })
    void rules_callerAndTarget_answerAsTheTableSays(
            String deed, String caller, String ownOperator, String ownNode, String otherOperator, String otherNode) {
        DeviceRules rules = rules(caller);

        assertThat(answer(() -> act(rules, deed, OWN, Role.OPERATOR))).isEqualTo(said(ownOperator));
        assertThat(answer(() -> act(rules, deed, OWN, Role.NODE))).isEqualTo(said(ownNode));
        assertThat(answer(() -> act(rules, deed, "other", Role.OPERATOR))).isEqualTo(said(otherOperator));
        assertThat(answer(() -> act(rules, deed, "other", Role.NODE))).isEqualTo(said(otherNode));
    }

    @ParameterizedTest
    @CsvSource({
        "owner, yes, all",
        "shared/admin, yes, all",
        "shared/pairing, yes, all",
        "shared/read, scope, all",
        "bound/admin, yes, all",
        "bound/pairing, yes, own",
        "bound/read, scope, own",
        "bound/nobody, yes, none"
    })
    void reading_caller_seesWhatTheTableSays(String caller, String reading, String sight) {
        DeviceRules rules = rules(caller);

        assertThat(answer(rules::checkReading)).isEqualTo(said(reading));
        assertThat(rules.hides("other")).isEqualTo(!sight.equals("all"));
        assertThat(rules.hides(OWN)).isEqualTo(sight.equals("none"));
        assertThat(rules.onlyDevice().isEmpty()).isEqualTo(sight.equals("all"));
    }

    @Test
    void denied_missingPairingScope_namesIt() {
        try {
            rules("shared/read").checkRemoval(OWN);
        } catch (Denied denied) {
            assertThat(denied.missingScope()).contains("operator.pairing");
            assertThat(denied.code()).isEqualTo(Denied.Code.FORBIDDEN);
            return;
        }
        throw new AssertionError("a caller without the scope was not denied");
    }

    @ParameterizedTest
    @CsvSource({
        "owner, operator, operator.admin, yes",
        "owner, node, anything, yes",
        "shared/pairing, operator, operator.read, yes",
        "shared/pairing, operator, operator.sessions.read, yes",
        "shared/pairing, operator, operator.write, INVALID_REQUEST missing scope: operator.write",
        "shared/pairing, operator, operator.admin, INVALID_REQUEST missing scope: operator.admin",
        "bound/pairing, operator, operator.approvals, INVALID_REQUEST missing scope: operator.approvals",
        "bound/admin, operator, operator.anything, yes",
        "bound/admin, operator, node.run, INVALID_REQUEST invalid scope for requested roles: node.run",
        "bound/admin, node, node.run, yes",
        "bound/admin, node, operator.read, INVALID_REQUEST invalid scope for requested roles: operator.read"
    })
    void granted_resultingScope_mustBeTheCallersOwn(String caller, String role, String scope, String expected) {
        DeviceRules rules = rules(caller);

        assertThat(answer(() -> rules.checkGranted(Role.parse(role).orElseThrow(), Scopes.of(scope))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void covered_anyScopes_neverExceedWhatTheCallerHas(long seed) {
        Random random = new Random(seed);
        Scopes held = some(random).plus(Scopes.of("operator.pairing"));
        Scopes resulting = some(random);
        DeviceRules rules = new DeviceRules(Authority.ofSession(held, Optional.of(OWN), random.nextBoolean()));

        assertThat(isAllowed(() -> rules.checkGranted(Role.OPERATOR, resulting)))
                .isEqualTo(held.covers(resulting));
        assertThat(isAllowed(() -> rules.checkRotated(resulting))).isEqualTo(held.covers(resulting));
        assertThat(isAllowed(() -> rules.checkRevoked(resulting))).isEqualTo(held.covers(resulting));
    }

    static Stream<Long> seeds() {
        return new Random(7).longs(200).boxed();
    }

    private static void act(DeviceRules rules, String deed, String deviceId, Role role) {
        Map<String, Consumer<DeviceRules>> deeds = Map.of(
                "approve", asked -> asked.checkApproval(deviceId, role),
                "reject", asked -> asked.checkRejection(deviceId, role),
                "remove", asked -> asked.checkRemoval(deviceId),
                "rename", asked -> asked.checkRename(deviceId),
                "rotate",
                        asked -> {
                            asked.checkRotation(deviceId, role);
                            asked.checkRotated(READ);
                        },
                "revoke",
                        asked -> {
                            asked.checkRevocation(deviceId, role);
                            asked.checkRevoked(READ);
                        });
        Optional.ofNullable(deeds.get(deed)).orElseThrow().accept(rules);
    }

    private static String said(String answer) {
        return switch (answer) {
            case "yes" -> "yes";
            case "scope" -> "FORBIDDEN missing scope: operator.pairing";
            case "rotation", "revocation" -> "INVALID_REQUEST device token " + answer + " denied";
            default -> "INVALID_REQUEST device pairing " + answer + " denied";
        };
    }

    private static String answer(Runnable asked) {
        try {
            asked.run();
            return "yes";
        } catch (Denied denied) {
            return denied.code() + " " + denied.getMessage();
        }
    }

    private static boolean isAllowed(Runnable asked) {
        return answer(asked).equals("yes");
    }

    private static DeviceRules rules(String caller) {
        return new DeviceRules(Optional.ofNullable(CALLERS.get(caller)).orElseThrow());
    }

    private static Authority session(boolean boundToDevice, String... scopes) {
        return Authority.ofSession(Scopes.of(scopes), Optional.of(OWN), boundToDevice);
    }

    private static Scopes some(Random random) {
        List<String> drawn = new ArrayList<>(POOL);
        return Scopes.of(drawn.stream().filter(scope -> random.nextInt(3) == 0).collect(Collectors.toList()));
    }
}
