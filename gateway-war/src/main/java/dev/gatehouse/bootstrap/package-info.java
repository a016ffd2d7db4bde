/**
 * The composition root: reads the config, builds every part, connects them, and reports what was started.
 *
 * <p>Imports everything and is imported by nothing. All problems found on the way are collected and told at once; a
 * gateway with a problem does not start.
 *
 * <p>Entry type: {@link dev.gatehouse.bootstrap.GatewayListener}, which the servlet container calls.
 */
@NullMarked
package dev.gatehouse.bootstrap;

import org.jspecify.annotations.NullMarked;
