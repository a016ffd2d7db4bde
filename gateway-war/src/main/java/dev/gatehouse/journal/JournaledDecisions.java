package dev.gatehouse.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.device.Actor;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.UpgradeContext;

/**
 * Notes every admission decision in the journal, and says when there are suddenly many refusals. No credential is noted.
 * Safe for concurrent use.
 */
public final class JournaledDecisions implements AdmissionListener {

    private final Journal journal;
    private final RefusalSpike spike;

    /**
     * Notes decisions in a journal.
     *
     * @param clock tells which refusals fall into one minute
     */
    public JournaledDecisions(Journal journal, Clock clock) {
        this.journal = journal;
        this.spike = new RefusalSpike(clock);
    }

    @Override
    public void decided(ConnectContext context, Decision decision, Duration handshake) {
        Map<String, Object> data = about(context.upgrade());
        data.put("role", context.role().wireName());
        data.put("client", context.client().id() + "/" + context.client().mode());
        data.put("checks", decision.trace().toString());
        if (decision instanceof Decision.Admitted admitted) {
            data.put("method", admitted.identity().method());
            data.put("subject", admitted.identity().subject());
            data.put("scopes", admitted.scopes().asList());
            note("admission.admitted", context, data);
        }
        if (decision instanceof Decision.Refused refused) {
            data.put("code", refused.reason().code());
            data.put("message", refused.reason().message());
            note("admission.refused", context, data);
            count(refused.reason().code());
        }
        if (decision instanceof Decision.Failed failed) {
            data.put("check", failed.failure().check());
            data.put("failure", failed.failure().summary());
            note("admission.failed", context, data);
        }
    }

    @Override
    public void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {
        Map<String, Object> data = about(upgrade);
        data.put("code", code);
        journal.note("admission.refused", Actor.GATEWAY, Optional.empty(), data);
        count(code);
    }

    private void count(String code) {
        spike.refused().ifPresent(count -> {
            journal.note(
                    "refusals.spike",
                    Actor.GATEWAY,
                    Optional.empty(),
                    Map.of("refusalsThisMinute", count, "lastCode", code));
            journal.wake();
        });
    }

    private void note(String type, ConnectContext context, Map<String, Object> data) {
        Optional<String> deviceId = context.device().map(DeviceProof.Verified::deviceId);
        Actor actor = deviceId.map(Actor::device).orElse(Actor.GATEWAY);
        journal.note(type, actor, deviceId, data);
    }

    private static Map<String, Object> about(UpgradeContext upgrade) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("connectionId", upgrade.connectionId());
        data.put("peer", upgrade.peer().getHostAddress());
        data.put("address", upgrade.address().getHostAddress());
        return data;
    }
}
