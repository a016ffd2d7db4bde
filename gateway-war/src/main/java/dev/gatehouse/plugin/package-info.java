/**
 * Plugin jars: loading them, keeping them apart, and finding the check factories in them.
 *
 * <p>The only importer of PF4J. A set of jars is loaded as one {@link dev.gatehouse.plugin.PluginGeneration}, whole or not
 * at all; a plugin sees the SPI and the JDK and nothing else of the gateway. On its way a jar is copied ({@link
 * dev.gatehouse.plugin.JarStore}), examined and trusted ({@link dev.gatehouse.plugin.PluginTrust}), given a class loader
 * that guards its classes, started, and asked for its checks ({@link dev.gatehouse.plugin.CheckProvider}). Calls into a
 * plugin carry its class loader and have a deadline; closing a generation ends its threads.
 *
 * <p>Entry type: {@link dev.gatehouse.plugin.PluginGeneration}.
 */
@NullMarked
package dev.gatehouse.plugin;

import org.jspecify.annotations.NullMarked;
