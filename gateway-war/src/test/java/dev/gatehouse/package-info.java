/** Rules that hold for the whole gateway. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
