package dev.gatehouse.chain;

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.PairingDesk;

/**
 * The doors to the device registry that checks are given.
 *
 * @param directory what is known about devices
 * @param desk where devices ask to be known
 */
record Doors(DeviceDirectory directory, PairingDesk desk) {}
