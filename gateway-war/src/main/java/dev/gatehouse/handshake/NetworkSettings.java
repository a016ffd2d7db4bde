package dev.gatehouse.handshake;

import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.address.AddressRange;
import dev.gatehouse.spi.Setting;

/** What the operator says about the network in front of the gateway. */
public record NetworkSettings(
        @Setting(
                about =
                        "Addresses and networks (CIDR) of reverse proxies, no wider than they are: who the client is, is"
                                + " believed from them alone, in Forwarded or X-Forwarded-For.")
        List<String> trustedProxies,

        @Setting(
                about = "Whether every trusted proxy accepts clients over TLS only; counts when the proxy does not"
                        + " say by X-Forwarded-Proto or Forwarded how the client came.",
                fallback = "false")
        boolean trustedProxiesTerminateTls,

        @Setting(
                about = "Whether X-Real-IP of a trusted proxy names the client when neither Forwarded nor"
                        + " X-Forwarded-For is there.",
                fallback = "false")
        boolean realIpFallback,

        @Setting(
                about = "Whether headers that only proxies write are ignored when somebody else sends them; otherwise"
                        + " such a request is refused with HTTP 403, for everybody behind an unknown proxy would be"
                        + " taken for that proxy.",
                fallback = "false")
        boolean insecureIgnoreUntrustedProxyHeaders,

        @Setting(
                about = "Addresses and networks that count as this machine when the page and the gateway were reached"
                        + " by a loopback name and no proxy was there, such as the gateway of a container's network; whoever"
                        + " can send from there can claim to be local.")
        List<String> insecureLocalNetworks) {

    /** Nothing in front of the gateway. */
    public static final NetworkSettings DIRECT = new NetworkSettings(List.of(), false, false, false, List.of());

    public NetworkSettings {
        trustedProxies = List.copyOf(trustedProxies);
        insecureLocalNetworks = List.copyOf(insecureLocalNetworks);
        trustedProxies.forEach(text -> range("trusted-proxies", text));
        insecureLocalNetworks.forEach(text -> range("insecure-local-networks", text));
    }

    /** The addresses and networks of the proxies. */
    public List<AddressRange> trustedRanges() {
        return trustedProxies.stream().map(AddressRange::parse).toList();
    }

    /** The addresses and networks that count as this machine. */
    List<AddressRange> localRanges() {
        return insecureLocalNetworks.stream().map(AddressRange::parse).toList();
    }

    /** What the operator gave up, one line each; written to the log when the gateway starts. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (insecureIgnoreUntrustedProxyHeaders) {
            warnings.add(
                    "network.insecure-ignore-untrusted-proxy-headers is on: everybody behind a proxy that is not in"
                            + " network.trusted-proxies is taken for that proxy; list it there, and remove the option");
        }
        if (!insecureLocalNetworks.isEmpty()) {
            warnings.add("network.insecure-local-networks is set: whoever can send from " + insecureLocalNetworks
                    + " can claim to be on this machine; remove it once the devices are paired");
        }
        return warnings;
    }

    private static AddressRange range(String setting, String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }
}
