package dev.gatehouse.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CommandLineTest {

    private static final Set<Option> KNOWN =
            EnumSet.of(Option.CONNECTIONS, Option.WARMUP, Option.TOKEN_FILE, Option.DEVICES_FILE);

    @Test
    void option_given_replacesItsFallback() {
        CommandLine line = parse("--connections", "64");

        assertThat(line.positive(Option.CONNECTIONS)).isEqualTo(64);
        assertThat(line.number(Option.WARMUP)).isEqualTo(5);
        assertThat(line.has(Option.WARMUP)).isFalse();
    }

    @Test
    void option_unknownToTheCommand_isNamed() {
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> parse("--pid", "1"))
                .withMessage("'--pid' is no option of this command; see --help");
    }

    @Test
    void option_withoutValue_isNamed() {
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> parse("--connections"))
                .withMessage("--connections: a value is missing");
    }

    @Test
    void option_neededAndNotGiven_isNamed() {
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> parse().path(Option.TOKEN_FILE))
                .withMessage("--token-file is needed; see --help");
    }

    @Test
    void number_outOfRange_isShown() {
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> parse("--connections", "many").positive(Option.CONNECTIONS))
                .withMessage("--connections: 'many' is no whole number");
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> parse("--warmup", "-1").number(Option.WARMUP))
                .withMessage("--warmup: '-1' is less than 0");
        assertThatExceptionOfType(UsageError.class)
                .isThrownBy(() -> parse("--connections", "0").positive(Option.CONNECTIONS))
                .withMessage("--connections must be at least 1");
    }

    private static CommandLine parse(String... words) {
        return CommandLine.parse(List.of(words), KNOWN);
    }
}
