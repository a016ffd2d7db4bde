package dev.gatehouse.testkit;

import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;

/** Faults of a factory and of its settings. */
final class FactoryBreaches {

    private FactoryBreaches() {}

    record Undescribed(
            @Setting(about = "Where the key is kept.") Secret.Source key,
            @Setting(about = "Pages.") List<String> pages,
            Optional<String> zone) {}

    record Silent(
            @Setting(about = "") Secret.Source key,
            @Setting(about = "Pages.") List<String> pages) {}

    record Unbindable(
            @Setting(about = "Where the key is kept.") Secret.Source key,
            @Setting(about = "Pages.") List<String> pages,
            @Setting(about = "How often.", fallback = "1.5") double rate) {}

    /** What is required is not declared so. */
    record Lenient(
            @Setting(about = "Where the key is kept.") Optional<Secret.Source> key,

            @Setting(about = "The zone of the clock.", fallback = "UTC")
            String zone,

            @Setting(about = "Pages that may connect.") List<String> pages) {

        SampleSettings sample() {
            return new SampleSettings(key.orElseThrow(), "UTC", pages);
        }
    }

    static List<Breach> all() {
        return List.of(
                Breach.of("name_anyCall_isWellFormedAndTheSame", "a name in camel case", () -> named("sampleCheck")),
                Breach.of("name_anyCall_isWellFormedAndTheSame", "an endless name", () -> named("s".repeat(65))),
                Breach.of("settings_anyCall_areTheSameRecord", "another record at each call", Fickle::new),
                declaring("a setting without @Setting", Undescribed.class),
                declaring("a setting without a description", Silent.class),
                declaring("a setting of a type that cannot be bound", Unbindable.class),
                new Breach(
                        "a short secret in the author's settings",
                        "settings_secretsGiven_areLongEnoughToBeRecognised",
                        "k3y-of-9",
                        SampleFactory::new),
                Breach.of("create_twice_givesIndependentChecks", "one check for all", OneForAll::new),
                Breach.of("create_twice_givesIndependentChecks", "checks that are closed together", SharedEnd::new),
                Breach.of("create_unknownSetting_isRefused", "defaults in place of invalid settings", Swallowing::new),
                Breach.of("create_settingMissing_worksOrIsInvalidSettings", "a key that is not there", Careless::new),
                Breach.of("create_oddValue_worksOrIsInvalidSettings", "an unknown zone", Unvalidated::new),
                Breach.of("create_settingsRejected_namesEach", "problems of no setting", Vague::new),
                Breach.of("create_oddSecret_isNeverShown", "a secret in a problem", Indiscreet::new),
                Breach.of("create_oddSecret_isNeverShown", "a rejected secret in the log", Talkative::new));
    }

    private static SampleFactory named(String name) {
        return new SampleFactory() {
            @Override
            public String name() {
                return name;
            }
        };
    }

    private static Breach declaring(String name, Class<? extends Record> type) {
        return Breach.of("settings_everyComponent_canBeBoundAndIsDescribed", name, () -> new SampleFactory() {
            @Override
            public Optional<Class<? extends Record>> settings() {
                return Optional.of(type);
            }
        });
    }

    private static class LenientFactory extends SampleFactory {

        @Override
        public Optional<Class<? extends Record>> settings() {
            return Optional.of(Lenient.class);
        }

        @Override
        public AdmissionCheck create(CheckSetup setup) {
            return create(setup.settings(Lenient.class), setup);
        }

        AdmissionCheck create(Lenient settings, CheckSetup setup) {
            return create(settings.sample(), setup);
        }
    }

    private static final class Fickle extends SampleFactory {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Class<? extends Record> declared = SampleSettings.class;

        @Override
        public Optional<Class<? extends Record>> settings() {
            declared = calls.getAndIncrement() % 2 == 0 ? SampleSettings.class : Lenient.class;
            return Optional.of(declared);
        }

        @Override
        public AdmissionCheck create(CheckSetup setup) {
            if (setup.settings(declared) instanceof Lenient lenient) {
                requirePresent(lenient.key());
                return create(lenient.sample(), setup);
            }
            return super.create(setup);
        }
    }

    private static final class OneForAll extends SampleFactory {
        private Optional<AdmissionCheck> made = Optional.empty();

        @Override
        AdmissionCheck twist(SampleCheck sound, CheckSetup setup) {
            made = made.or(() -> Optional.of(sound));
            return made.orElseThrow();
        }
    }

    private static final class SharedEnd extends SampleFactory {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        @Override
        AdmissionCheck twist(SampleCheck sound, CheckSetup setup) {
            return new ForwardingCheck(sound) {
                @Override
                public Verdict atUpgrade(UpgradeContext upgrade) {
                    return isClosed.get() ? Verdict.pass() : super.atUpgrade(upgrade);
                }

                @Override
                public void close() {
                    isClosed.set(true);
                    super.close();
                }
            };
        }
    }

    private static final class Swallowing extends SampleFactory {
        @Override
        public AdmissionCheck create(CheckSetup setup) {
            try {
                return super.create(setup);
            } catch (InvalidSettings e) {
                return create(
                        new SampleSettings(() -> Optional.of(Secret.of("the default key")), "UTC", List.of()), setup);
            }
        }
    }

    private static final class Careless extends LenientFactory {}

    private static final class Unvalidated extends LenientFactory {
        @Override
        AdmissionCheck create(Lenient settings, CheckSetup setup) {
            ZoneId.of(settings.zone());
            requirePresent(settings.key());
            return super.create(settings, setup);
        }
    }

    private static final class Vague extends LenientFactory {
        @Override
        AdmissionCheck create(Lenient settings, CheckSetup setup) {
            if (settings.key().isEmpty()) {
                throw new InvalidSettings(List.of("nobody can know the key"));
            }
            return super.create(settings, setup);
        }
    }

    private static final class Indiscreet extends SampleFactory {
        @Override
        AdmissionCheck create(SampleSettings settings, CheckSetup setup) {
            settings.key()
                    .read()
                    .map(Secret::expose)
                    .filter(key -> key.length() < 10)
                    .ifPresent(key -> {
                        throw new InvalidSettings(List.of("key: '" + key + "' is too short"));
                    });
            return super.create(settings, setup);
        }
    }

    private static final class Talkative extends SampleFactory {
        @Override
        AdmissionCheck create(SampleSettings settings, CheckSetup setup) {
            settings.key()
                    .read()
                    .map(Secret::expose)
                    .filter(key -> key.length() < 10)
                    .ifPresent(key -> {
                        setup.logger().log(Level.WARNING, "the key is short: {0}", key);
                    });
            return super.create(settings, setup);
        }
    }

    private static void requirePresent(Optional<Secret.Source> key) {
        if (key.isEmpty()) {
            throw new InvalidSettings(List.of("key: is missing; give it as env:NAME or file:PATH"));
        }
    }
}
