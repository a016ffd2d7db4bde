package dev.gatehouse.admission;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintsTest {

    private static final Fingerprints FIRST = of("first");

    @Test
    void sameName_isNotOutdated() {
        assertThat(FIRST.isOutdated("token", of("first"))).isFalse();
    }

    @Test
    void otherName_isOutdated() {
        assertThat(FIRST.isOutdated("token", of("second"))).isTrue();
    }

    @Test
    void nameThatNobodyKnewAtTheAdmission_isOutdatedByAnyOther() {
        assertThat(Fingerprints.NONE.isOutdated("token", FIRST)).isTrue();
    }

    @Test
    void checkThatLeftTheChain_isOutdated() {
        assertThat(FIRST.isOutdated("token", Fingerprints.NONE)).isTrue();
    }

    @Test
    void checkThatTellsNothing_isNeverOutdated() {
        Fingerprints nothing = new Fingerprints(Map.of("token", Optional.empty()));

        assertThat(nothing.isOutdated("token", nothing)).isFalse();
        assertThat(FIRST.isOutdated("token", nothing)).isFalse();
    }

    @Test
    void whatCannotBeTold_isWhatItWas() {
        Fingerprints nothing = new Fingerprints(Map.of("token", Optional.empty()));

        assertThat(nothing.orAsIn(FIRST)).isEqualTo(FIRST);
        assertThat(of("second").orAsIn(FIRST)).isEqualTo(of("second"));
        assertThat(Fingerprints.NONE.orAsIn(FIRST)).isEqualTo(Fingerprints.NONE);
    }

    private static Fingerprints of(String name) {
        return new Fingerprints(Map.of("token", Optional.of(name)));
    }
}
