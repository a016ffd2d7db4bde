/** Tests of what is kept of refusals, and of their remedies. */
@NullMarked
package dev.gatehouse.refusal;

import org.jspecify.annotations.NullMarked;
