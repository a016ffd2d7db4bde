/**
 * What the operator wrote: the gateway's home, the config file in it, and how both become records.
 *
 * <p>Knows no area of the config and no check: each declares a record of its own, with {@link dev.gatehouse.spi.Setting}
 * on its components.
 *
 * <p>Entry type: {@link dev.gatehouse.config.RecordBinder}.
 */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
