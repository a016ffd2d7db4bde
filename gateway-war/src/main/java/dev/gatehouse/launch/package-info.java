/**
 * What runs when the WAR is started as a program: {@code java -jar gatehouse.war COMMAND}.
 *
 * <p>Packed at the root of the WAR, where the JVM looks and no server does. Knows nothing of the gateway but where its
 * classes and libraries lie in the file.
 *
 * <p>Entry type: {@link dev.gatehouse.launch.WarLauncher}.
 */
@NullMarked
package dev.gatehouse.launch;

import org.jspecify.annotations.NullMarked;
