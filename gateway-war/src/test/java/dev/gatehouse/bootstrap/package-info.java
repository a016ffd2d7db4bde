/** Tests of starting, and of whole gateways without a server: what clients say, and what they are told. */
@NullMarked
package dev.gatehouse.bootstrap;

import org.jspecify.annotations.NullMarked;
