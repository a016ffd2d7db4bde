package dev.gatehouse.management;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.address.AddressRange;
import dev.gatehouse.ban.Target;

/**
 * The ban that an operator wants.
 *
 * @param address an address or a network; either this or a device
 * @param deviceId a device
 * @param reason why: 1 to 200 characters, which whoever is shut out is told
 * @param ttl how long, such as {@code 12h} or {@code 90d}; absent for ever
 */
record BanBody(Optional<String> address, Optional<String> deviceId, Optional<String> reason, Optional<String> ttl) {

    private static final int REASON_MAX = 200;

    Target target() {
        if (address.isPresent() == deviceId.isPresent()) {
            throw invalid("give either an address, such as 203.0.113.7 or 203.0.113.0/24, or a deviceId");
        }
        try {
            return address.<Target>map(text -> new Target.Network(AddressRange.parse(text)))
                    .orElseGet(() -> new Target.Device(deviceId.orElseThrow()));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    String requiredReason() {
        return reason.map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= REASON_MAX)
                .filter(text -> text.codePoints().noneMatch(Character::isISOControl))
                .orElseThrow(() -> invalid(
                        "give a reason: 1 to " + REASON_MAX + " characters on one line; whoever is shut out is told"));
    }

    Optional<Duration> life() {
        return ttl.map(text -> Life.parse(text)
                .orElseThrow(() -> invalid("ttl must be a number of hours or days such as 12h or 90d, 9999 at most")));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.unprocessable("BAN_INVALID", detail));
    }
}
