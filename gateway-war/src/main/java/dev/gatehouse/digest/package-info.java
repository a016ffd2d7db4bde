/**
 * Digests as the rest of the gateway uses them.
 *
 * <p>Entry type: {@link dev.gatehouse.digest.Sha256}.
 */
@NullMarked
package dev.gatehouse.digest;

import org.jspecify.annotations.NullMarked;
