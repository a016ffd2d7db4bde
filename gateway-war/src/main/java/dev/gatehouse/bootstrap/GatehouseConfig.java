package dev.gatehouse.bootstrap;

import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.device.DatabaseSettings;
import dev.gatehouse.device.DeviceSettings;
import dev.gatehouse.handshake.NetworkSettings;
import dev.gatehouse.session.DoorSettings;

/**
 * The whole config but for the settings of the checks, which belong to the plugins and stand under {@code checks}.
 *
 * @param admission the chain
 * @param network what stands before the gateway
 * @param door connections that are not admitted yet
 * @param devices pairing
 * @param database where devices are kept
 */
record GatehouseConfig(
        AdmissionSettings admission,
        NetworkSettings network,
        DoorSettings door,
        DeviceSettings devices,
        DatabaseSettings database) {}
