package dev.gatehouse.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Role;

/**
 * One line of the presence list.
 *
 * @param key what it stands for: a node however often it is connected, or one connection of an operator
 * @param wireForm the entry as clients read it (wire reference 3.4)
 */
record PresenceEntry(String key, Map<String, Object> wireForm) {

    static PresenceEntry of(Caller caller, ConnectContext context, long nowMillis) {
        Client client = context.client();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("ts", nowMillis);
        entry.put("host", client.displayName().orElse(client.id()));
        if (!context.upgrade().isLocal()) {
            entry.put("ip", context.upgrade().address().getHostAddress());
        }
        entry.put("version", client.version());
        entry.put("platform", client.platform());
        client.deviceFamily().ifPresent(family -> entry.put("deviceFamily", family));
        entry.put("mode", client.mode());
        entry.put("reason", "connect");
        entry.put("onlineSince", nowMillis);
        caller.deviceId().ifPresent(id -> entry.put("deviceId", id));
        entry.put("roles", List.of(caller.role().wireName()));
        entry.put("scopes", caller.scopes().asList());
        return new PresenceEntry(key(caller), Collections.unmodifiableMap(entry));
    }

    private static String key(Caller caller) {
        return caller.role() == Role.NODE
                ? caller.deviceId().map(id -> "node " + id).orElse(caller.connectionId())
                : caller.connectionId();
    }
}
