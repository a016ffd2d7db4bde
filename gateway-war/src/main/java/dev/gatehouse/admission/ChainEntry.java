package dev.gatehouse.admission;

import java.time.LocalDate;
import java.util.Optional;

import dev.gatehouse.spi.Setting;

/** One line of the chain: a check, and what its answers are good for. */
public record ChainEntry(
        @Setting(about = "The name of the check; a line that is only a name stands for this key.")
        String check,

        @Setting(
                about = "Whether the check decides, or is only asked and recorded, to see whom it would refuse.",
                fallback = "enforce")
        Mode mode,

        @Setting(about = "A date, like 2027-01-31, after which the gateway warns that this line should be looked at.")
        Optional<LocalDate> until) {

    /** A line that is only a name. */
    public static ChainEntry enforced(String check) {
        return new ChainEntry(check, Mode.ENFORCE, Optional.empty());
    }

    /** Whether the date has passed. */
    public boolean isOverdue(LocalDate today) {
        return until.filter(today::isAfter).isPresent();
    }
}
