/** Tests of reading OpenClaw's state, on files that SQLite itself wrote. */
@NullMarked
package dev.gatehouse.offline.openclaw;

import org.jspecify.annotations.NullMarked;
