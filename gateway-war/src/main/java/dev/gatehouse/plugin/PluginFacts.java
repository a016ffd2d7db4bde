package dev.gatehouse.plugin;

import java.util.List;

/**
 * One loaded plugin, for people and for REST.
 *
 * @param id its id, {@code Plugin-Id} of the manifest
 * @param version its version, {@code Plugin-Version}
 * @param requires the range of versions of the SPI that it works with, {@code Plugin-Requires}; {@code *} when it names none
 * @param provider who made it, {@code Plugin-Provider}; empty when it does not say
 * @param fileName the name of the jar that was loaded
 * @param sha256 the SHA-256 of the jar, 64 lower-case hexadecimal digits
 * @param size the size of the jar in bytes
 * @param bundled whether it came with the gateway
 * @param signers who signed the whole jar, each with the hash of the certificate
 * @param checks the names of its checks, sorted
 */
public record PluginFacts(
        String id,
        String version,
        String requires,
        String provider,
        String fileName,
        String sha256,
        long size,
        boolean bundled,
        List<String> signers,
        List<String> checks) {

    /** Copies its lists. */
    public PluginFacts {
        signers = List.copyOf(signers);
        checks = List.copyOf(checks);
    }
}
