/**
 * The server side of the operators' console: its files, and who is signed in.
 *
 * <p>The console is a page like any other client of the REST API: what it shows and changes goes through there, and the one
 * filter there decides. This package only knows that a browser's cookie stands for an API key.
 *
 * <p>Entry type: {@link dev.gatehouse.console.ConsoleSessions}.
 */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
