/**
 * Runs the one WAR file on every server and meets it from outside, as clients, operators and attackers do.
 *
 * <p>Each {@code ...IT} class is one server ({@link dev.gatehouse.system.Server}); the {@code ...Tests} interfaces are
 * what every server has to stand. Nothing here knows a class of the gateway.
 */
@NullMarked
package dev.gatehouse.system;

import org.jspecify.annotations.NullMarked;
