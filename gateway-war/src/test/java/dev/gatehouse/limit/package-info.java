@NullMarked
package dev.gatehouse.limit;

import org.jspecify.annotations.NullMarked;
