/**
 * Calls that are made again under the same {@code Idempotency-Key}: each is done once, and its answer kept, sealed, for a day
 * (docs/adr/0041-complete-rest.md). {@link dev.gatehouse.idempotency.KeptAnswers} is the way in; REST asks it around each call
 * that changes something.
 */
@NullMarked
package dev.gatehouse.idempotency;

import org.jspecify.annotations.NullMarked;
