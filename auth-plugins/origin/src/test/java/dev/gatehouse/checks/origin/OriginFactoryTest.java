package dev.gatehouse.checks.origin;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class OriginFactoryTest {

    private final OriginFactory factory = new OriginFactory();

    @Test
    void settings_nothingGiven_allowNoOrigin() {
        FakeCheckSetup setup = FakeCheckSetup.withDefaults();

        assertThat(setup.settings(OriginSettings.class)).isEqualTo(new OriginSettings(List.of(), false));
        assertThat(factory.create(setup)).isInstanceOf(OriginCheck.class);
        assertThat(setup.logger().lines()).isEmpty();
        assertThat(factory.name()).isEqualTo("origin");
    }

    @Test
    void create_unusableOrigins_areAllReported() {
        FakeCheckSetup setup = FakeCheckSetup.with(Map.of(
                "allowed-origins",
                List.of(
                        "https://ok.example",
                        "*",
                        "gateway.example",
                        "HTTPS://X.example/",
                        "https://b\u00fccher.example")));

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> factory.create(setup));

        assertThat(invalid.problems()).hasSize(4);
        assertThat(invalid.problems().get(0)).contains("insecure-allow-any-origin");
        assertThat(invalid.problems().get(1)).contains("'gateway.example'", "scheme://host[:port]");
        assertThat(invalid.problems().get(2)).contains("write 'https://x.example'");
        assertThat(invalid.problems().get(3)).contains("xn--");
    }

    @Test
    void create_anyOriginAllowed_warnsAndAllowsEveryValidOrigin() {
        FakeCheckSetup setup = FakeCheckSetup.with(Map.of("insecure-allow-any-origin", "true"));
        ConnectFixture page = ConnectFixture.controlUi().from("203.0.113.9");

        var check = factory.create(setup);

        assertThat(setup.logger().lines()).singleElement().asString().startsWith("WARNING insecure-allow-any-origin");
        assertThat(check.atUpgrade(page.withOrigin("https://any.example").upgrade()))
                .isEqualTo(Verdict.pass());
        Verdicts.veto(check.atUpgrade(page.withOrigin("null").upgrade()));
    }
}
