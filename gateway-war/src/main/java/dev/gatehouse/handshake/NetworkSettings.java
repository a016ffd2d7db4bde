package dev.gatehouse.handshake;

import java.util.List;

import dev.gatehouse.address.AddressRange;
import dev.gatehouse.spi.Setting;

/** What the operator says about the network in front of the gateway. */
public record NetworkSettings(
        @Setting(
                about = "Addresses and networks (CIDR) of reverse proxies; a client that comes through one is"
                        + " never counted as local, and no forwarded header is believed from anybody.")
        List<String> trustedProxies,

        @Setting(
                about = "Whether every trusted proxy accepts clients over TLS only, so that what comes through"
                        + " it counts as a secure context.",
                fallback = "false")
        boolean trustedProxiesTerminateTls) {

    public NetworkSettings {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(NetworkSettings::range);
    }

    /** The addresses and networks of the proxies. */
    public List<AddressRange> trustedRanges() {
        return trustedProxies.stream().map(AddressRange::parse).toList();
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("trusted-proxies: " + e.getMessage(), e);
        }
    }
}
