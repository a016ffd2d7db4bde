package dev.gatehouse.handshake;

import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext;

/**
 * Hands the facts of an upgrade from the filter to the Configurator, which every container calls on the same thread but
 * without the servlet request.
 */
public final class CurrentUpgrade {

    @SuppressWarnings("ThreadLocalUsage") // one instance a deployment; a static one would outlive it
    private final ThreadLocal<UpgradeContext> facts = new ThreadLocal<>();

    void begin(UpgradeContext context) {
        facts.set(context);
    }

    void end() {
        facts.remove();
    }

    Optional<UpgradeContext> facts() {
        return Optional.ofNullable(facts.get());
    }
}
