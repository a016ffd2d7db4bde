package dev.gatehouse.bootstrap;

import java.util.List;

import dev.gatehouse.management.SessionDesk;
import dev.gatehouse.session.LiveSessions;
import dev.gatehouse.session.SessionFacts;

/** The live sessions, for REST. */
record LiveSessionDesk(LiveSessions live) implements SessionDesk {

    @Override
    public List<LiveSession> sessions() {
        return live.facts().stream().map(LiveSessionDesk::shown).toList();
    }

    @Override
    public boolean terminate(String id) {
        return live.terminate(id);
    }

    private static LiveSession shown(SessionFacts facts) {
        return new LiveSession(
                facts.connectionId(),
                facts.deviceId(),
                facts.role().wireName(),
                facts.client(),
                facts.address(),
                facts.scopes(),
                facts.method(),
                facts.since());
    }
}
