package com.example.gatehouse;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import dev.gatehouse.testkit.AdmissionTestKit;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.DrivenCheck;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OfficeHoursCheckTest {

    // region test
    private static final AdmissionTestKit KIT =
            AdmissionTestKit.of(new OfficeHoursFactory()).with("time-zone", "Europe/Berlin");

    @Test
    void atUpgrade_fridayEvening_isRefusedUntilMonday() {
        try (DrivenCheck check = KIT.create()) {
            check.clock().setTo(Instant.parse("2026-11-20T17:00:00Z"));

            VetoReason reason = Verdicts.veto(check.atUpgrade(ConnectFixture.cli()));

            assertThat(reason.code()).isEqualTo("OFFICE_CLOSED");
            assertThat(reason.effect()).isEqualTo(Effect.COME_BACK_LATER);
            assertThat(reason.message())
                    .isEqualTo("outside office hours, open again on Monday 2026-11-23 at 09:00 (Europe/Berlin)");
            assertThat(reason.details()).isEqualTo(Map.of("opensAt", "2026-11-23T09:00+01:00"));
        }
    }
    // endregion

    @Test
    void atUpgrade_firstAndLastMoment_countAsTheyRead() {
        try (DrivenCheck check = KIT.create()) {
            check.clock().setTo(Instant.parse("2026-11-20T08:00:00Z"));
            assertThat(check.atUpgrade(ConnectFixture.cli())).isEqualTo(Verdict.pass());

            check.clock().setTo(Instant.parse("2026-11-20T15:59:59Z"));
            assertThat(check.atUpgrade(ConnectFixture.cli())).isEqualTo(Verdict.pass());

            check.clock().setTo(Instant.parse("2026-11-20T16:00:00Z"));
            Verdicts.veto(check.atUpgrade(ConnectFixture.cli()));
        }
    }

    @Test
    void atUpgrade_closed_tellsToComeBackWhenItOpensOrInAnHour() {
        try (DrivenCheck check = KIT.create()) {
            check.clock().setTo(Instant.parse("2026-11-20T07:50:00Z"));
            assertThat(Verdicts.veto(check.atUpgrade(ConnectFixture.cli())).retry())
                    .isEqualTo(Retry.after(Duration.ofMinutes(10)));

            check.clock().setTo(Instant.parse("2026-11-20T02:00:00Z"));
            assertThat(Verdicts.veto(check.atUpgrade(ConnectFixture.cli())).retry())
                    .isEqualTo(Retry.after(Duration.ofHours(1)));
        }
    }

    @Test
    void closeReason_longestZone_isNotCut() {
        AdmissionTestKit argentina = KIT.with("time-zone", "America/Argentina/ComodRivadavia");
        try (DrivenCheck check = argentina.create()) {
            VetoReason reason = Verdicts.veto(check.atUpgrade(ConnectFixture.cli()));

            assertThat(Verdicts.closeReason(reason)).isEqualTo(reason.message());
        }
    }
}
