/**
 * The durable truth about devices: who asked to be known, what an operator approved, which tokens and API keys are good.
 *
 * <p>The admission checks read it through {@link dev.gatehouse.spi.DeviceDirectory} and {@link
 * dev.gatehouse.spi.PairingDesk}; sessions and every management entry point use the registry itself and hear of changes
 * through {@link dev.gatehouse.device.DeviceEvent}. All persistence of the gateway stays in here; entities never leave.
 *
 * <p>Entry type: {@link dev.gatehouse.device.DeviceRegistry}.
 */
@NullMarked
package dev.gatehouse.device;

import org.jspecify.annotations.NullMarked;
