@NullMarked
package dev.gatehouse.ban;

import org.jspecify.annotations.NullMarked;
