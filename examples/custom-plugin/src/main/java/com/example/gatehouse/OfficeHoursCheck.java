package com.example.gatehouse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import com.example.gatehouse.OpeningHours.Span;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

// region check
/**
 * Lets nobody in outside office hours. Whoever is in by then may stay: admission is decided once.
 *
 * <p>Immutable, and so safe for the concurrent calls that every check gets.
 */
final class OfficeHoursCheck implements AdmissionCheck {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("EEEE uuuu-MM-dd 'at' HH:mm", Locale.ENGLISH);

    /** No client is sent away for longer, because the operator may change the hours meanwhile. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final OpeningHours hours;
    private final Clock clock;

    OfficeHoursCheck(OpeningHours hours, Clock clock) {
        this.hours = hours;
        this.clock = clock;
    }

    /** Asked at upgrade already: the answer depends on nothing that the client will say later. */
    @Override
    public Verdict atUpgrade(UpgradeContext context) {
        Instant now = clock.instant();
        Span span = hours.currentOrNext(now);
        return span.contains(now) ? Verdict.pass() : Verdict.veto(closedUntil(span.opens(), now));
    }

    private VetoReason closedUntil(Instant opening, Instant now) {
        ZonedDateTime local = opening.atZone(hours.zone());
        Duration wait = Duration.between(now, opening);
        return VetoReason.of(
                        "OFFICE_CLOSED",
                        Effect.COME_BACK_LATER,
                        "outside office hours, open again on " + WHEN.format(local) + " (" + hours.zone() + ")")
                .withDetail("opensAt", local.toOffsetDateTime().toString())
                .withRetry(Retry.after(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
    }
}
// endregion
