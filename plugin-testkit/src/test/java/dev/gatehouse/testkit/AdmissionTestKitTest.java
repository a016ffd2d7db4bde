package dev.gatehouse.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AdmissionTestKitTest {

    private static final String KEY = "the key of the sample check";
    private static final AdmissionTestKit SAMPLE = AdmissionTestKit.of(new SampleFactory());

    @Test
    void create_validSettings_makesACheckWithItsFakes() {
        try (DrivenCheck check = SAMPLE.with("key", KEY)
                .prepared(setup -> setup.devices().pairOperator())
                .create()) {
            assertThat(check.atConnect(ConnectFixture.cli().withToken(KEY))).isInstanceOf(Verdict.Identified.class);
            assertThat(check.atConnect(ConnectFixture.cli().withDevice())).isInstanceOf(Verdict.Identified.class);
            Verdicts.veto(check.examine(ConnectFixture.controlUi().withToken(KEY)));
            assertThat(check.logger().lines()).containsExactly("DEBUG refused a page of http://localhost:18789");
        }
    }

    @Test
    void create_settingsWrong_reportsEveryProblemWithItsPath() {
        AdmissionTestKit kit = SAMPLE.with("pages", List.of()).with("zones", "UTC");

        assertThat(problems(kit))
                .containsExactly(
                        "checks.sample.zones: no such setting; known here: key, zone, pages",
                        "checks.sample.key: is missing; Where the key is kept.");
    }

    @Test
    void create_recordRejects_reportsItWithThePath() {
        assertThat(problems(SAMPLE.with("key", KEY).with("zone", "Mars/Olympus")))
                .containsExactly("checks.sample.zone: 'Mars/Olympus' is not a zone; write one such as Europe/Berlin");
    }

    @Test
    void create_factoryRejects_reportsItBesideUnknownKeys() {
        assertThat(problems(SAMPLE.with("key", " ").with("odd", 1)))
                .containsExactly(
                        "checks.sample.odd: no such setting; known here: key, zone, pages",
                        "checks.sample.key: is blank or cannot be read; put a long random text in there");
    }

    @Test
    void create_unknownKeyAlone_closesTheCheckAndRefuses() {
        AtomicBoolean isClosed = new AtomicBoolean();
        AdmissionTestKit kit = AdmissionTestKit.of(new SampleFactory() {
            @Override
            AdmissionCheck twist(SampleCheck sound, CheckSetup setup) {
                return new ForwardingCheck(sound) {
                    @Override
                    public void close() {
                        super.close();
                        isClosed.set(true);
                    }
                };
            }
        });

        assertThat(problems(kit.with("key", KEY).with("odd", 1)))
                .containsExactly("checks.sample.odd: no such setting; known here: key, zone, pages");
        assertThat(isClosed).isTrue();
    }

    @Test
    void create_checkWithoutSettings_refusesAnySetting() {
        AdmissionTestKit kit = AdmissionTestKit.of(factory(setup -> new AdmissionCheck() {}));

        kit.create().close();
        assertThat(problems(kit.with("zone", "UTC")))
                .containsExactly("checks.plain: this check takes no settings; remove them");
    }

    @Test
    void create_anotherRecordThanDeclared_isRefused() {
        record Other() {}
        AdmissionTestKit undeclared = AdmissionTestKit.of(factory(setup -> {
            setup.settings(Other.class);
            return new AdmissionCheck() {};
        }));
        AdmissionTestKit different = AdmissionTestKit.of(new SampleFactory() {
            @Override
            public AdmissionCheck create(CheckSetup setup) {
                setup.settings(Other.class);
                return super.create(setup);
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(undeclared::create)
                .withMessageStartingWith("checks.plain: the check asks for ")
                .withMessageContaining("declares no settings");
        assertThatIllegalStateException()
                .isThrownBy(different.with("key", KEY)::create)
                .withMessageContaining("its factory declares " + SampleSettings.class.getName());
    }

    @Test
    void examine_identifiedAtUpgrade_countsAtConnect() {
        Identity person = new Identity("person", "ada");
        AdmissionCheck upgrading = new AdmissionCheck() {
            @Override
            public Verdict atUpgrade(UpgradeContext upgrade) {
                return Verdict.identified(person, Scopes.none());
            }

            @Override
            public Verdict atConnect(ConnectContext context) {
                return context.identity().equals(Optional.of(person)) ? Verdict.limit(Scopes.none()) : Verdict.pass();
            }
        };

        try (DrivenCheck check =
                AdmissionTestKit.of(factory(setup -> upgrading)).create()) {
            assertThat(check.examine(ConnectFixture.cli())).isEqualTo(Verdict.limit(Scopes.none()));
        }
    }

    private interface Maker {
        AdmissionCheck make(CheckSetup setup);
    }

    private static AdmissionCheckFactory factory(Maker maker) {
        return new AdmissionCheckFactory() {
            @Override
            public String name() {
                return "plain";
            }

            @Override
            public AdmissionCheck create(CheckSetup setup) {
                return maker.make(setup);
            }
        };
    }

    private static List<String> problems(AdmissionTestKit kit) {
        return catchThrowableOfType(InvalidSettings.class, kit::create).problems();
    }
}
