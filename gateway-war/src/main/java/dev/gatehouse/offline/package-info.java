/**
 * The owner's way in: commands on a gateway's devices and API keys that no chain, no config and no lost key can refuse.
 *
 * <p>A command is an {@link dev.gatehouse.offline.Order}. A running gateway takes it over a Unix domain socket that only
 * its owner can open ({@link dev.gatehouse.offline.OwnerSocket}); when none answers, the command opens the database
 * itself. Both have it carried out by the same {@link dev.gatehouse.offline.OwnerDesk}, so that it means the same.
 *
 * <p>Entry type: {@link dev.gatehouse.offline.OfflineCommand} for the command, {@link
 * dev.gatehouse.offline.OwnerSocket} for the gateway.
 */
@NullMarked
package dev.gatehouse.offline;

import org.jspecify.annotations.NullMarked;
