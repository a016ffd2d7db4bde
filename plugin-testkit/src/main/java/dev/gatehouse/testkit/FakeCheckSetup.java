package dev.gatehouse.testkit;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.testkit.SettingsBinder.Binding;
import org.jspecify.annotations.Nullable;

/**
 * What a check under test gets in place of the gateway: its settings, and fakes that the test can prepare and question.
 * {@link AdmissionTestKit} makes one; made by itself it gives settings to what is not a whole check.
 *
 * <pre>{@code
 * FakeCheckSetup setup = FakeCheckSetup.with(Map.of("mode", "token", "token", (Secret.Source) () -> secret));
 * AdmissionCheck check = new TokenFactory().create(setup);
 * }</pre>
 *
 * @since 0.1
 */
public final class FakeCheckSetup implements CheckSetup {

    private final Reader reader;
    private final MutableClock clock = new MutableClock();
    private final FakeDeviceDirectory devices = new FakeDeviceDirectory();
    private final FakePairingDesk pairingDesk = new FakePairingDesk(devices);
    private final RecordingLogger logger = new RecordingLogger("check");

    /** Answers a check that asks for its settings. */
    @FunctionalInterface
    private interface Reader {
        Record read(Class<? extends Record> type);
    }

    private FakeCheckSetup(Reader reader) {
        this.reader = reader;
    }

    /**
     * A setup whose settings are bound as the gateway binds them, with defaults and rejections.
     *
     * @param values each setting by its kebab-case name: as text, or as a value of the component's own type; a secret is
     *     its own text
     * @return the setup
     */
    public static FakeCheckSetup with(Map<String, Object> values) {
        Map<String, Object> given = Map.copyOf(values);
        return new FakeCheckSetup(type -> bind(given, type));
    }

    /**
     * A setup that hands out one settings record as it is.
     *
     * @param settings the record
     * @return the setup
     */
    public static FakeCheckSetup with(Record settings) {
        return new FakeCheckSetup(type -> settings);
    }

    /**
     * A setup in which the operator gave no setting.
     *
     * @return the setup
     */
    public static FakeCheckSetup withDefaults() {
        return with(Map.of());
    }

    /** A setup for the factory of one check, which may ask for the record that it declared and for no other. */
    static FakeCheckSetup declared(String place, @Nullable Record settings) {
        return new FakeCheckSetup(type -> {
            if (settings == null) {
                throw new IllegalStateException(place + ": the check asks for " + type.getName()
                        + ", but its factory declares no settings; return that record from settings()");
            }
            if (type != settings.getClass()) {
                throw new IllegalStateException(place + ": the check asks for " + type.getName()
                        + ", but its factory declares " + settings.getClass().getName()
                        + "; ask for the record that settings() returns");
            }
            return settings;
        });
    }

    /** A setup that rejects whatever it is asked for. */
    static FakeCheckSetup rejecting(List<String> problems) {
        return new FakeCheckSetup(type -> {
            throw new InvalidSettings(problems);
        });
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        return type.cast(reader.read(type));
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public FakeDeviceDirectory devices() {
        return devices;
    }

    @Override
    public FakePairingDesk pairingDesk() {
        return pairingDesk;
    }

    @Override
    public RecordingLogger logger() {
        return logger;
    }

    private static Record bind(Map<String, Object> values, Class<? extends Record> type) {
        Binding<? extends Record> binding = new SettingsBinder("", values).bind(type);
        if (!binding.problems().isEmpty()) {
            throw new InvalidSettings(binding.problems());
        }
        return binding.record().orElseThrow();
    }
}
