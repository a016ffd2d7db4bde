/**
 * Runs the gateway's WAR on GlassFish Embedded: the default for everyone who has no application server yet.
 *
 * <p>{@link dev.gatehouse.embedded.Launcher} is the one entry. It knows nothing of the gateway but its WAR file and the
 * two system properties that tell the WAR its address; what the server is made of is {@code domain.xml} beside this
 * package.
 */
@NullMarked
package dev.gatehouse.embedded;

import org.jspecify.annotations.NullMarked;
