/**
 * The commands that measure a gateway, from the command line to the printed figures.
 *
 * <p>Entry type: {@link dev.gatehouse.bench.Main}.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
