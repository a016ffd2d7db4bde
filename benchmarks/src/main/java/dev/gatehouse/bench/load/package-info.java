/**
 * Puts a gateway under load and takes the figures: a closed loop of handshakes, or a crowd of idle sessions, with
 * latencies, failures by kind, processor time and memory.
 *
 * <p>The commands of {@code dev.gatehouse.bench} call it; it calls {@code client}.
 *
 * <p>Entry types: {@link dev.gatehouse.bench.load.ClosedLoop} and {@link dev.gatehouse.bench.load.HeldSessions}.
 */
@NullMarked
package dev.gatehouse.bench.load;

import org.jspecify.annotations.NullMarked;
