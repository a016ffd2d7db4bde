package dev.gatehouse.session;

import java.util.function.Consumer;

import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.spi.Role;

/** Cuts the live sessions of a device when the registry says that what they were admitted for has changed. */
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
        if (event instanceof DeviceEvent.NodeRemoved removed) {
            sessions.tokenWithdrawn(removed.deviceId(), Role.NODE);
        }
        if (event instanceof DeviceEvent.TokenRevoked revoked) {
            sessions.tokenWithdrawn(revoked.deviceId(), revoked.role());
        }
        if (event instanceof DeviceEvent.TokenRotated rotated) {
            // So that its client comes back for the new token while the old one is still valid.
            sessions.tokenWithdrawn(rotated.deviceId(), rotated.role());
        }
    }
}
