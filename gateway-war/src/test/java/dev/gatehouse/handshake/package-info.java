/** Tests of the upgrade: what is read off the request, what is believed, and how it reaches the endpoint. */
@NullMarked
package dev.gatehouse.handshake;

import org.jspecify.annotations.NullMarked;
