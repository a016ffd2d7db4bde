package dev.gatehouse.ban;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * Somebody is shut out.
 *
 * @param id names it
 * @param target who
 * @param reason why; who is shut out is told
 * @param createdAt since when
 * @param endsAt when it ends by itself, if it does
 */
public record Ban(String id, Target target, String reason, Instant createdAt, Optional<Instant> endsAt) {

    /** The code of the refusal; stock clients are told {@code AUTH_RATE_LIMITED}, on which they stop. */
    public static final String CODE = "BANNED";

    /** Clients that do not stop are asked to come back no sooner. */
    private static final Duration LATER = Duration.ofHours(1);

    boolean covers(InetAddress address, Optional<String> device) {
        return target.covers(address, device);
    }

    boolean isOver(Instant now) {
        return endsAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    /** What who is shut out is told. */
    VetoReason veto(Instant now) {
        String who = target.device().isPresent() ? "this device" : "this address";
        String until = endsAt.map(end -> " until " + end.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        Duration left = endsAt.map(end -> Duration.between(now, end)).orElse(LATER);
        return VetoReason.of(CODE, VetoReason.Effect.COME_BACK_LATER, "banned: " + who + until + ": " + reason)
                .withDetail("banId", id)
                .withRetry(Retry.after(left.compareTo(LATER) < 0 ? left.plusMillis(1) : LATER));
    }
}
