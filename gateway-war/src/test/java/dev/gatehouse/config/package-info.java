/** Tests of binding the config. */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
