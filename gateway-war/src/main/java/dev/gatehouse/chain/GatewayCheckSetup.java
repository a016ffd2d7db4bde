package dev.gatehouse.chain;

import java.time.Clock;

import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.PairingDesk;

/**
 * What one check gets.
 *
 * @param name the check's name
 * @param own its settings
 * @param doors its doors to the registry
 * @param clock the gateway's clock
 */
record GatewayCheckSetup(String name, CheckSettings own, Doors doors, Clock clock) implements CheckSetup {

    @Override
    public <T extends Record> T settings(Class<T> type) {
        return own.as(type);
    }

    @Override
    public DeviceDirectory devices() {
        return doors.directory();
    }

    @Override
    public PairingDesk pairingDesk() {
        return doors.desk();
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("dev.gatehouse.checks." + name);
    }
}
