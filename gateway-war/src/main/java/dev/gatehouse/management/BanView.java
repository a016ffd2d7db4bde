package dev.gatehouse.management;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.ban.Ban;
import dev.gatehouse.ban.Target;

/**
 * A ban as the API shows it.
 *
 * @param banId names it
 * @param address the address or network that is shut out, if it is one
 * @param deviceId the device that is shut out, if it is one
 * @param reason why
 * @param createdAt since when
 * @param endsAt when it ends by itself
 */
record BanView(
        String banId,
        Optional<String> address,
        Optional<String> deviceId,
        String reason,
        String createdAt,
        Optional<String> endsAt) {

    static BanView of(Ban ban) {
        return new BanView(
                ban.id(),
                ban.target() instanceof Target.Network network
                        ? Optional.of(network.range().toString())
                        : Optional.empty(),
                ban.target().device(),
                ban.reason(),
                ban.createdAt().toString(),
                ban.endsAt().map(Instant::toString));
    }
}
