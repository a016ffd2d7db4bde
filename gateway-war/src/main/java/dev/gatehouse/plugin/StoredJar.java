package dev.gatehouse.plugin;

import java.nio.file.Path;

/**
 * The gateway's own copy of a plugin jar.
 *
 * @param original the file that was copied; it may have changed since
 * @param copy the copy
 * @param sha256 the SHA-256 of the copy, 64 lower-case hexadecimal digits
 * @param size its size in bytes
 */
record StoredJar(Path original, Path copy, String sha256, long size) {}
