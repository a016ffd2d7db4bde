/** Tests of what can be seen of the gateway. */
@NullMarked
package dev.gatehouse.observe;

import org.jspecify.annotations.NullMarked;
