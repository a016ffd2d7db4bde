/**
 * Reads what an OpenClaw gateway keeps about its devices (wire reference 7.3 and 7.6), out of the SQLite file itself.
 *
 * <p>Never writes, and needs no library: of SQLite's file format it knows the little that reading a whole table takes.
 * Everything in the file is hostile.
 *
 * <p>Entry type: {@link dev.gatehouse.offline.openclaw.OpenClawState}.
 */
@NullMarked
package dev.gatehouse.offline.openclaw;

import org.jspecify.annotations.NullMarked;
