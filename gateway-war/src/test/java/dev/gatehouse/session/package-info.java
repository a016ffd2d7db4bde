/** Tests of the socket's owner, of what is said on it, and of the sessions that are live. */
@NullMarked
package dev.gatehouse.session;

import org.jspecify.annotations.NullMarked;
