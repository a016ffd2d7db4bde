/** Tests of the launcher's options; the running server is the business of the system tests. */
@NullMarked
package dev.gatehouse.embedded;

import org.jspecify.annotations.NullMarked;
