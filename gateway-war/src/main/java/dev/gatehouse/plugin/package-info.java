/**
 * Plugin jars: loading them, keeping them apart, and finding the check factories in them.
 *
 * <p>The only importer of PF4J. A set of jars is loaded as one {@link dev.gatehouse.plugin.PluginGeneration}, whole or not
 * at all; a plugin sees the SPI and the JDK and nothing else of the gateway.
 *
 * <p>Entry type: {@link dev.gatehouse.plugin.PluginGeneration}.
 */
@NullMarked
package dev.gatehouse.plugin;

import org.jspecify.annotations.NullMarked;
