/** Tests of the decision: what admits, and everything that must not. */
@NullMarked
package dev.gatehouse.admission;

import org.jspecify.annotations.NullMarked;
