package dev.gatehouse.observe;

import java.util.List;

import dev.gatehouse.spi.Setting;

/**
 * Who may read the metrics.
 *
 * @param access whether that takes an API key
 */
public record MetricsSettings(
        @Setting(
                about = "Who may read /metrics: key for whoever sends an API key as a bearer token, open for whoever"
                        + " reaches the gateway.",
                fallback = "key")
        Access access) {

    /** Who may read the metrics. */
    public enum Access {
        /** Whoever has an API key. */
        KEY,
        /** Everybody. */
        OPEN
    }

    /** Whether everybody may read them. */
    public boolean isOpen() {
        return access == Access.OPEN;
    }

    /** What the operator should know although it is allowed. */
    public List<String> warnings() {
        return isOpen()
                ? List.of(
                        "metrics.access is open: whoever reaches the gateway can read how many devices and sessions it"
                                + " has and which plugins; set it to key unless a proxy keeps /metrics from strangers")
                : List.of();
    }
}
