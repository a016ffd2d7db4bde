package dev.gatehouse.control;

import java.util.List;

import com.fasterxml.jackson.databind.node.NullNode;

/** The methods about the gateway itself (wire reference 8.4). */
public final class SystemMethods implements MethodTable {

    private final Health health;
    private final Presence presence;

    public SystemMethods(Health health, Presence presence) {
        this.health = health;
        this.presence = presence;
    }

    @Override
    public List<Method<?>> table() {
        return List.of(
                Method.open("health", caller -> health.now()),
                // The stock dashboard measures how long an answer takes; agents, whose heartbeat it is, there are none.
                Method.operator("last-heartbeat", Event.READ, caller -> NullNode.getInstance()),
                Method.operator("status", Event.READ, caller -> health.status()),
                Method.operator(
                        "system-presence", Event.READ, caller -> presence.now().entries()));
    }
}
