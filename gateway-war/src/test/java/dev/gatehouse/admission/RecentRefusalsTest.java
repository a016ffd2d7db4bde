package dev.gatehouse.admission;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentRefusalsTest {

    private static final ConnectContext CONTEXT = ConnectFixture.cli()
            .withToken("hunter2")
            .withHeader("cookie", "hunter2")
            .connect();
    private static final Decision.Refused REFUSED = new Decision.Refused(
            VetoReason.of("AUTH_TOKEN_MISMATCH", VetoReason.Effect.IDENTIFY, "unauthorized: wrong"),
            new Trace(List.of()));

    private final MutableClock clock = new MutableClock();
    private final RecentRefusals refusals = new RecentRefusals(clock);

    @Test
    void refusal_isFoundByItsId_withWhatTheChecksSaw() {
        refusals.add("00c0ffee00", CONTEXT, REFUSED);

        assertThat(refusals.find("00c0ffee00")).hasValueSatisfying(refusal -> {
            assertThat(refusal.at()).isEqualTo(clock.instant());
            assertThat(refusal.context()).isSameAs(CONTEXT);
            assertThat(refusal.decision()).isEqualTo(REFUSED);
        });
        assertThat(refusals.find("0badcafe00")).isEmpty();
    }

    @Test
    void failure_isKeptWithoutWhatWasThrown() {
        Failure failure = new Failure("pairing", Failure.Kind.THREW, "threw a tantrum", new IllegalStateException());

        refusals.add("1", CONTEXT, new Decision.Failed(failure, new Trace(List.of())));

        assertThat(refusals.find("1").orElseThrow().decision())
                .isInstanceOfSatisfying(Decision.Failed.class, failed -> {
                    assertThat(failed.failure().cause()).isEmpty();
                    assertThat(failed.failure().summary()).isEqualTo("threw a tantrum");
                });
    }

    @Test
    void refusals_areForgottenAfterAnHour() {
        refusals.add("old", CONTEXT, REFUSED);
        clock.advance(Duration.ofMinutes(30));
        refusals.add("new", CONTEXT, REFUSED);

        clock.advance(Duration.ofMinutes(31));

        assertThat(refusals.find("old")).isEmpty();
        assertThat(refusals.list()).extracting(RecentRefusal::id).containsExactly("new");
    }

    @Test
    void refusals_beyondFiveHundred_pushOutTheOldest() {
        for (int i = 0; i <= 500; i++) {
            refusals.add("r" + i, CONTEXT, REFUSED);
        }

        assertThat(refusals.find("r0")).isEmpty();
        assertThat(refusals.list()).hasSize(500);
        assertThat(refusals.list().get(0).id()).isEqualTo("r500");
    }

    @Test
    void text_ofARefusal_holdsNothingThatTheClientSent() {
        refusals.add("1", CONTEXT, REFUSED);

        assertThat(refusals.list()).hasToString("[RecentRefusal[1 at " + clock.instant() + "]]");
    }
}
