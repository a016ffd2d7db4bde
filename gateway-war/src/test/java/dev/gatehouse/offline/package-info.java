/** Tests of the owner's commands and of the socket that they use. */
@NullMarked
package dev.gatehouse.offline;

import org.jspecify.annotations.NullMarked;
