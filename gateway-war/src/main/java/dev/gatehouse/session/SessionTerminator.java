package dev.gatehouse.session;

import java.util.function.Consumer;

import dev.gatehouse.device.DeviceEvent;

/** Cuts the live sessions of a device when the registry says that it was removed. */
public final class SessionTerminator implements Consumer<DeviceEvent> {

    private final LiveSessions sessions;

    public SessionTerminator(LiveSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void accept(DeviceEvent event) {
        if (event instanceof DeviceEvent.DeviceRemoved removed) {
            sessions.deviceRemoved(removed.deviceId());
        }
    }
}
