package dev.gatehouse.checks.origin;

import java.util.List;
import java.util.Locale;

import dev.gatehouse.spi.UpgradeContext;

/**
 * Which origins are allowed (wire reference 6.4): those that the operator lists, the gateway's own page on a private
 * address or name, and any page of this machine for a client on this machine. Immutable.
 */
final class OriginRules {

    private final List<AllowedOrigin> allowed;
    private final boolean isAnyAllowed;

    OriginRules(OriginSettings settings) {
        allowed = settings.allowed();
        isAnyAllowed = settings.insecureAllowAnyOrigin();
    }

    boolean allow(Origin origin, UpgradeContext upgrade) {
        return isAnyAllowed
                || allowed.stream().anyMatch(entry -> entry.matches(origin))
                || (upgrade.isLocal() && isLoopback(origin.host()))
                || (isPrivate(origin.host()) && isOwnPage(origin, upgrade));
    }

    private static boolean isOwnPage(Origin origin, UpgradeContext upgrade) {
        return upgrade.host()
                .filter(host -> host.toLowerCase(Locale.ROOT).equals(origin.authority()))
                .isPresent();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || LiteralAddress.parse(host).filter(LiteralAddress::isLoopback).isPresent();
    }

    private static boolean isPrivate(String host) {
        return host.endsWith(".local")
                || host.endsWith(".ts.net")
                || LiteralAddress.parse(host).filter(LiteralAddress::isPrivate).isPresent();
    }
}
