package com.example.gatehouse;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * When an office is open, by the clock on its wall. When clocks are put forward, a time that the clock skips is the
 * moment of the change; when they are put back, the office opens the first and closes the second time that the clock
 * shows the hour.
 *
 * @param opens when it opens
 * @param closes when it closes: on the next day, when that is before it opens
 * @param days the days on which it opens; at least one
 * @param zone where it is
 */
record OpeningHours(LocalTime opens, LocalTime closes, Set<DayOfWeek> days, ZoneId zone) {

    /** From one opening to its closing, which no longer belongs to it. */
    record Span(Instant opens, Instant closes) {

        boolean contains(Instant moment) {
            return !moment.isBefore(opens) && moment.isBefore(closes);
        }
    }

    /** The span that a moment is in, or the first one after it. */
    Span currentOrNext(Instant moment) {
        // Last night's hours may not be over yet.
        LocalDate yesterday = LocalDate.ofInstant(moment, zone).minusDays(1);
        return Stream.iterate(yesterday, date -> date.plusDays(1))
                .filter(date -> days.contains(date.getDayOfWeek()))
                .map(this::spanOf)
                .filter(span -> span.closes().isAfter(moment) && span.closes().isAfter(span.opens()))
                .findFirst()
                .orElseThrow();
    }

    private Span spanOf(LocalDate date) {
        LocalDate end = closes.isBefore(opens) ? date.plusDays(1) : date;
        return new Span(
                moment(date.atTime(opens), ZonedDateTime::withEarlierOffsetAtOverlap),
                moment(end.atTime(closes), ZonedDateTime::withLaterOffsetAtOverlap));
    }

    private Instant moment(LocalDateTime time, UnaryOperator<ZonedDateTime> whichOfTwo) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        boolean isSkipped = change != null && change.isGap();
        return isSkipped
                ? change.getInstant()
                : whichOfTwo.apply(time.atZone(zone)).toInstant();
    }
}
