package dev.gatehouse.testkit;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/** The settings of the {@link SampleCheck}. */
record SampleSettings(
        @Setting(about = "Where the key is kept.") Secret.Source key,

        @Setting(about = "The zone of the clock.", fallback = "UTC")
        String zone,

        @Setting(about = "Pages that may connect.") List<String> pages) {

    SampleSettings {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "zone: '" + zone + "' is not a zone; write one such as Europe/Berlin", e);
        }
    }
}
