/**
 * The checks {@code device-identity} and {@code pairing}: who must show a device, and which devices come in.
 *
 * <p>{@code device-identity} decides from the connection alone; it stands before the check of the shared secret, so
 * that a missing or faulty device is told before a wrong secret is. {@code pairing} stands after it: it identifies
 * devices by their device tokens, cuts sessions to what was approved for the device, and opens pairing requests for the
 * others (wire reference 6.2 and 7). Both are safe in any position.
 *
 * <p>Entry types: {@link dev.gatehouse.checks.pairing.DeviceIdentityFactory} and {@link
 * dev.gatehouse.checks.pairing.PairingFactory}.
 */
@NullMarked
package dev.gatehouse.checks.pairing;

import org.jspecify.annotations.NullMarked;
