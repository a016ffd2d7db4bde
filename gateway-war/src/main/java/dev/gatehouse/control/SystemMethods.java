package dev.gatehouse.control;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods about the gateway itself (wire reference 8.4). */
public final class SystemMethods implements MethodTable {

    private final String version;
    private final Audience audience;
    private final Presence presence;
    private final Clock clock;
    private final long startedAt;

    /**
     * The methods of a gateway that starts now.
     *
     * @param version the gateway's version
     */
    public SystemMethods(String version, Audience audience, Presence presence, Clock clock) {
        this.version = version;
        this.audience = audience;
        this.presence = presence;
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    @Override
    public List<Method<?>> table() {
        return List.of(
                Method.open("health", caller -> Map.of("ok", true)),
                Method.operator("status", Event.READ, caller -> status()),
                Method.operator(
                        "system-presence", Event.READ, caller -> presence.now().entries()));
    }

    private Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("runtimeVersion", version);
        status.put("uptimeMs", clock.millis() - startedAt);
        status.put("connections", audience.count());
        return status;
    }
}
