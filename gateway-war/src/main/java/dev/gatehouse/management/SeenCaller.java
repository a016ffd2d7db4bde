package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext;

/**
 * Whoever asks how the gateway sees them.
 *
 * @param facts what the gateway makes of the request, read in the same way as off an upgrade
 * @param refused why an upgrade of theirs is refused with HTTP 403, because nobody can tell who they are; empty when it is
 *     not
 */
public record SeenCaller(UpgradeContext facts, Optional<String> refused) {}
