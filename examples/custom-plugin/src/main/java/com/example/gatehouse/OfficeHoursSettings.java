package com.example.gatehouse;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Setting;

// region settings
/**
 * The settings of the check {@code office-hours}: {@code checks.office-hours} in the gateway's config.
 *
 * @param opens when the office opens
 * @param closes when it closes
 * @param days the days on which it opens
 * @param timeZone where it is
 */
record OfficeHoursSettings(
        @Setting(about = "Time of day at which the office opens, such as \"09:00\".", fallback = "09:00")
        String opens,

        @Setting(about = "Time of day at which it closes; one before opens is on the next day.", fallback = "17:00")
        String closes,

        @Setting(about = "Days on which it opens.", fallback = "monday, tuesday, wednesday, thursday, friday")
        List<String> days,

        @Setting(about = "Time zone of the office, such as Europe/Berlin.")
        String timeZone) {

    // endregion
    // region validation
    /**
     * What the settings mean.
     *
     * @throws InvalidSettings with every problem at once, so that an operator does not correct them one by one
     */
    OpeningHours openingHours() {
        List<String> problems = new ArrayList<>();
        Optional<LocalTime> from = read("opens", opens, LocalTime::parse, "a time in quotes: \"09:00\"", problems);
        Optional<LocalTime> to = read("closes", closes, LocalTime::parse, "a time in quotes: \"17:00\"", problems);
        Optional<ZoneId> zone = read("time-zone", timeZone, ZoneId::of, "a zone such as Europe/Berlin", problems);
        Set<DayOfWeek> open = days.stream()
                .flatMap(day -> read("days", day, OfficeHoursSettings::day, "monday to sunday", problems).stream())
                .collect(Collectors.toUnmodifiableSet());
        if (days.isEmpty()) {
            problems.add("days: name at least one day, or take the check out of admission.chain");
        }
        if (from.isPresent() && from.equals(to)) {
            problems.add("closes: '" + closes + "' is when it opens; write another time");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return new OpeningHours(from.orElseThrow(), to.orElseThrow(), open, zone.orElseThrow());
    }
    // endregion

    private static DayOfWeek day(String name) {
        return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static <T> Optional<T> read(
            String setting, String value, Function<String, T> parser, String allowed, List<String> problems) {
        try {
            return Optional.of(parser.apply(value));
        } catch (DateTimeException | IllegalArgumentException e) {
            problems.add(setting + ": '" + value + "' is not allowed; write " + allowed);
            return Optional.empty();
        }
    }
}
