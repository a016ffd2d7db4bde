package dev.gatehouse.protocol;

import java.util.List;

import dev.gatehouse.spi.Scopes;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScopeCapTest {

    private static final Scopes REQUESTED = Scopes.of("operator.read", "operator.write", "operator.admin");

    @Test
    void scopes_withoutTheHeader_areThoseThatWereAskedFor() {
        assertThat(ScopeCap.of(ConnectFixture.cli().upgrade(), REQUESTED)).isEqualTo(REQUESTED);
    }

    /** Letter for letter: admin does not let read through, as it would by implication. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | ''",
                "' , '                             | ''",
                "operator.read                     | operator.read",
                "operator.admin                    | operator.admin",
                "operator.write,  operator.read    | operator.read operator.write",
                "operator.approvals                | ''",
                "OPERATOR.READ                     | ''"
            })
    void scopes_withTheHeader_areCutToIt(String header, String left) {
        assertThat(ScopeCap.of(
                        ConnectFixture.cli()
                                .withHeader("x-openclaw-scopes", header)
                                .upgrade(),
                        REQUESTED))
                .isEqualTo(Scopes.of(List.of(left.split(" "))));
    }
}
