/** Tests of plugin loading, on plugin jars that are built on the fly. */
@NullMarked
package dev.gatehouse.plugin;

import org.jspecify.annotations.NullMarked;
