/** Tests of starting: what the config may say, and what keeps a gateway from starting. */
@NullMarked
package dev.gatehouse.bootstrap;

import org.jspecify.annotations.NullMarked;
