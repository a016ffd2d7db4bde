package com.example.gatehouse;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

import com.example.gatehouse.OpeningHours.Span;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpeningHoursTest {

    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    @Test
    void currentOrNext_insideASpan_isThatSpan() {
        OpeningHours hours = berlin("09:00", "17:00", EnumSet.of(DayOfWeek.FRIDAY));

        assertThat(hours.currentOrNext(Instant.parse("2026-11-20T12:00:00Z")))
                .isEqualTo(span("2026-11-20T08:00:00Z", "2026-11-20T16:00:00Z"));
    }

    @Test
    void currentOrNext_justClosed_isTheSameDayOfNextWeek() {
        OpeningHours hours = berlin("09:00", "17:00", EnumSet.of(DayOfWeek.FRIDAY));

        assertThat(hours.currentOrNext(Instant.parse("2026-11-20T16:00:00Z")))
                .isEqualTo(span("2026-11-27T08:00:00Z", "2026-11-27T16:00:00Z"));
    }

    @Test
    void currentOrNext_afterMidnight_isStillLastNight() {
        OpeningHours hours = berlin("22:00", "06:00", EnumSet.of(DayOfWeek.FRIDAY));

        assertThat(hours.currentOrNext(Instant.parse("2026-11-21T03:00:00Z")))
                .isEqualTo(span("2026-11-20T21:00:00Z", "2026-11-21T05:00:00Z"));
    }

    @Test
    void currentOrNext_nightWithoutTheDay_isClosed() {
        OpeningHours hours = berlin("22:00", "06:00", EnumSet.of(DayOfWeek.FRIDAY));

        Instant fridayMorning = Instant.parse("2026-11-20T03:00:00Z");

        assertThat(hours.currentOrNext(fridayMorning).contains(fridayMorning)).isFalse();
    }

    @Test
    void currentOrNext_clocksPutForward_opensWhenTheSkippedTimeWouldHaveBeen() {
        OpeningHours hours = berlin("02:30", "17:00", EVERY_DAY);

        assertThat(hours.currentOrNext(Instant.parse("2026-03-29T00:30:00Z")))
                .isEqualTo(span("2026-03-29T01:00:00Z", "2026-03-29T15:00:00Z"));
    }

    @Test
    void currentOrNext_clocksPutBack_closesTheSecondTime() {
        OpeningHours hours = berlin("22:00", "02:30", EVERY_DAY);

        assertThat(hours.currentOrNext(Instant.parse("2026-10-25T01:15:00Z")))
                .isEqualTo(span("2026-10-24T20:00:00Z", "2026-10-25T01:30:00Z"));
    }

    @Test
    void currentOrNext_hoursThatAreSkippedWhole_areLeftOut() {
        OpeningHours hours = berlin("02:10", "02:50", EVERY_DAY);

        assertThat(hours.currentOrNext(Instant.parse("2026-03-29T00:30:00Z")))
                .isEqualTo(span("2026-03-30T00:10:00Z", "2026-03-30T00:50:00Z"));
    }

    private static OpeningHours berlin(String opens, String closes, Set<DayOfWeek> days) {
        return new OpeningHours(LocalTime.parse(opens), LocalTime.parse(closes), days, ZoneId.of("Europe/Berlin"));
    }

    private static Span span(String opens, String closes) {
        return new Span(Instant.parse(opens), Instant.parse(closes));
    }
}
