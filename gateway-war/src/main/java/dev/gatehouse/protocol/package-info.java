/**
 * The frames of the gateway protocol, as the wire reference describes them: reading the first frame and those after
 * hello, verifying the device proof, and writing answers, events and refusals.
 *
 * <p>Pure values and functions over text: nothing in here knows a socket, a clock or a thread. Text from a peer never
 * raises an exception; it becomes a frame or a {@link dev.gatehouse.protocol.Malformed}. The session package owns the
 * order: {@link dev.gatehouse.protocol.ConnectFrame#parse}, {@link dev.gatehouse.protocol.Preconditions}, {@link
 * dev.gatehouse.protocol.DeviceProofs}, and after the decision {@link dev.gatehouse.protocol.Hello} or {@link
 * dev.gatehouse.protocol.Refusal}.
 *
 * <p>Entry type: {@link dev.gatehouse.protocol.ConnectFrame}.
 */
@NullMarked
package dev.gatehouse.protocol;

import org.jspecify.annotations.NullMarked;
