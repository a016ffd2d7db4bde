package com.example.gatehouse;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.testkit.AdmissionTestKit;
import dev.gatehouse.testkit.FakeCheckSetup;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class OfficeHoursSettingsTest {

    private static final AdmissionTestKit KIT = AdmissionTestKit.of(new OfficeHoursFactory());

    @Test
    void settings_onlyTheZone_areWeekdaysFromNineToFive() {
        OfficeHoursSettings settings =
                FakeCheckSetup.with(Map.of("time-zone", "Europe/Berlin")).settings(OfficeHoursSettings.class);

        assertThat(settings.openingHours())
                .isEqualTo(new OpeningHours(
                        LocalTime.of(9, 0),
                        LocalTime.of(17, 0),
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        ZoneId.of("Europe/Berlin")));
    }

    @Test
    void settings_everythingGiven_isWhatTheySay() {
        OfficeHoursSettings settings = FakeCheckSetup.with(Map.of(
                        "opens", "22:00", "closes", "06:30", "days", List.of("Sunday"), "time-zone", "Asia/Tokyo"))
                .settings(OfficeHoursSettings.class);

        assertThat(settings.openingHours())
                .isEqualTo(new OpeningHours(
                        LocalTime.of(22, 0), LocalTime.of(6, 30), Set.of(DayOfWeek.SUNDAY), ZoneId.of("Asia/Tokyo")));
    }

    // region rejections
    @Test
    void create_unusableSettings_areAllReported() {
        AdmissionTestKit kit = KIT.with(Map.of(
                "opens", "9", "closes", "25:00", "days", List.of("monday", "mon"), "time-zone", "Berlin", "open", "x"));

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, kit::create);

        assertThat(invalid.problems())
                .containsExactly(
                        "checks.office-hours.open: no such setting; known here: opens, closes, days, time-zone",
                        "checks.office-hours.opens: '9' is not allowed; write a time in quotes: \"09:00\"",
                        "checks.office-hours.closes: '25:00' is not allowed; write a time in quotes: \"17:00\"",
                        "checks.office-hours.time-zone: 'Berlin' is not allowed; write a zone such as Europe/Berlin",
                        "checks.office-hours.days: 'mon' is not allowed; write monday to sunday");
    }
    // endregion

    @Test
    void create_hoursThatNeverOpen_areReported() {
        AdmissionTestKit kit =
                KIT.with(Map.of("opens", "09:00", "closes", "09:00", "days", List.of(), "time-zone", "Europe/Berlin"));

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, kit::create);

        assertThat(invalid.problems())
                .containsExactly(
                        "checks.office-hours.days: name at least one day, or take the check out of admission.chain",
                        "checks.office-hours.closes: '09:00' is when it opens; write another time");
    }
}
