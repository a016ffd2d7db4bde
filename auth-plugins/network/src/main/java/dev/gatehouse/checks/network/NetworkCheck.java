package dev.gatehouse.checks.network;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * Refuses clients by the address that they count as: those in {@code deny}, and, when {@code allow} names anything, those
 * that are not in it. Immutable.
 */
final class NetworkCheck implements AdmissionCheck {

    private static final String CODE = "NETWORK_NOT_ALLOWED";

    /** Clients that do not stop at the code are asked to come back no sooner (wire reference 11). */
    private static final Retry LATER = Retry.after(Duration.ofHours(1));

    private final List<Network> allow;
    private final List<Network> deny;

    NetworkCheck(List<Network> allow, List<Network> deny) {
        this.allow = allow;
        this.deny = deny;
    }

    @Override
    public Verdict atUpgrade(UpgradeContext upgrade) {
        InetAddress address = upgrade.address();
        if (contain(deny, address)) {
            return Verdict.veto(reason(
                    address,
                    "are denied",
                    "checks.network.deny: take out or narrow the network that " + address.getHostAddress() + " is in"));
        }
        if (allow.isEmpty() || contain(allow, address)) {
            return Verdict.pass();
        }
        return Verdict.veto(reason(
                address,
                "are not among those allowed",
                "checks.network.allow: add \"" + address.getHostAddress() + "\", or the network that it is in"));
    }

    private static boolean contain(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** What is refused names no network of the lists: they are nobody's business who is kept out. */
    private static VetoReason reason(InetAddress address, String why, String fix) {
        return VetoReason.of(
                        CODE,
                        Effect.COME_BACK_LATER,
                        "network not allowed: connections from " + address.getHostAddress() + " " + why)
                .withRetry(LATER)
                .withFix(fix);
    }
}
