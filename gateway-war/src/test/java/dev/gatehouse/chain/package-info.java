/** Tests of the chain in force. */
@NullMarked
package dev.gatehouse.chain;

import org.jspecify.annotations.NullMarked;
