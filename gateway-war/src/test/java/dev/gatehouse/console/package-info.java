/** Tests of the console's server side. */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
