/**
 * Admission checks of our own.
 *
 * <p>Each check is three types: a factory that the gateway finds by its {@code @Extension}, a record of settings, and
 * the check itself, which answers every connection with a verdict.
 *
 * <p>Entry types: the factories.
 */
@NullMarked
package com.example.gatehouse;

import org.jspecify.annotations.NullMarked;
