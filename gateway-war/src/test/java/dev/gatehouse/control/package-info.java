@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
