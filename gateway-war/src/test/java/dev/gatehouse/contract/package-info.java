/** The contract of the management API as a document, and its reader for the tests of what it promises. */
@NullMarked
package dev.gatehouse.contract;

import org.jspecify.annotations.NullMarked;
