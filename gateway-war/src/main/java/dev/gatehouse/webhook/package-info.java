/**
 * Tells other programs what happened, by HTTP (docs/adr/0040-webhooks.md).
 *
 * <p>Reads the journal by number, as everybody does who tells of it. {@code Intake} turns entries into deliveries in the
 * transaction that notes how far it has read; {@code Dispatcher} takes those that are due, each for a limited time, and has
 * {@code Courier} send them; an answer ends a delivery, or sets the time of its next attempt.
 *
 * <p>Entry type: {@link dev.gatehouse.webhook.Webhooks}.
 */
@NullMarked
package dev.gatehouse.webhook;

import org.jspecify.annotations.NullMarked;
