/**
 * Who is shut out, whatever the chain says (docs/adr/0043-bans.md).
 *
 * <p>Entry type: {@link dev.gatehouse.ban.Bans}.
 */
@NullMarked
package dev.gatehouse.ban;

import org.jspecify.annotations.NullMarked;
