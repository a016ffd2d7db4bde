/**
 * Refusals that explain themselves: each connection that was not admitted, what was seen of it, and what would let it in.
 *
 * <p>{@link dev.gatehouse.refusal.Refusals} keeps an {@link dev.gatehouse.refusal.Account} of each, under the id that the
 * client was told; nothing in it is secret. {@link dev.gatehouse.refusal.RefusalKind} is the catalogue of everything that
 * a client can be told, of which the documents for people are generated too. {@link dev.gatehouse.refusal.Fixes} makes
 * the remedies for one connection when they are asked for, so that they fit the config as it is then.
 *
 * <p>Entry type: {@link dev.gatehouse.refusal.Refusals}.
 */
@NullMarked
package dev.gatehouse.refusal;

import org.jspecify.annotations.NullMarked;
