package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FakeCheckSetupTest {

    enum Colour {
        DARK_RED
    }

    record Settings(
            @Setting(about = "a", fallback = "true") boolean isOn,
            @Setting(about = "b", fallback = "30s") Duration maxAge,
            @Setting(about = "c", fallback = "dark-red") Colour colour,
            @Setting(about = "d") Optional<Secret.Source> token,
            @Setting(about = "e") List<String> names,
            @Setting(about = "f", fallback = "3") int count) {

        Settings {
            if (count > 12) {
                throw new IllegalArgumentException("count: must be at most 12");
            }
        }
    }

    record Demanding(@Setting(about = "a") String name) {}

    @Test
    void settings_nothingGiven_areTheFallbacks() {
        Settings settings = FakeCheckSetup.withDefaults().settings(Settings.class);

        assertThat(settings)
                .isEqualTo(new Settings(true, Duration.ofSeconds(30), Colour.DARK_RED, Optional.empty(), List.of(), 3));
    }

    @Test
    void settings_givenAsTextOrValue_areBound() {
        Settings settings = FakeCheckSetup.with(
                        Map.of("is-on", "false", "names", List.of("a"), "count", 7, "token", "secret"))
                .settings(Settings.class);

        assertThat(settings.isOn()).isFalse();
        assertThat(settings.names()).containsExactly("a");
        assertThat(settings.count()).isEqualTo(7);
        assertThat(settings.token().flatMap(Secret.Source::read)).contains(Secret.of("secret"));
    }

    @Test
    void settings_wrong_areReportedTogether() {
        FakeCheckSetup setup =
                FakeCheckSetup.with(Map.of("colour", "blue", "is-on", "maybe", "odd", 1, "names", Map.of()));

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> setup.settings(Settings.class));

        assertThat(invalid.problems())
                .containsExactly(
                        "odd: no such setting; known here: is-on, max-age, colour, token, names, count",
                        "is-on: 'maybe' is neither true nor false",
                        "colour: 'blue' is none of dark-red",
                        "names: must be a list, not a mapping");
    }

    @Test
    void settings_rejectedByTheRecordOrMissing_areInvalid() {
        FakeCheckSetup tooMany = FakeCheckSetup.with(Map.of("count", "13"));
        FakeCheckSetup empty = FakeCheckSetup.withDefaults();

        assertThat(catchThrowableOfType(InvalidSettings.class, () -> tooMany.settings(Settings.class)))
                .hasMessage("count: must be at most 12");
        assertThat(catchThrowableOfType(InvalidSettings.class, () -> empty.settings(Demanding.class)))
                .hasMessage("name: is missing; a");
    }

    @Test
    void settings_givenAsRecord_areThatRecord() {
        Demanding settings = new Demanding("x");

        assertThat(FakeCheckSetup.with(settings).settings(Demanding.class)).isSameAs(settings);
    }
}
