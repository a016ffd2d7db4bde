package dev.gatehouse.testkit;

import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.CheckSetup;

/**
 * What a check under test gets in place of the gateway: its settings, and fakes that the test can prepare and question.
 *
 * <pre>{@code
 * FakeCheckSetup setup = FakeCheckSetup.with(Map.of("mode", "token", "token", (Secret.Source) () -> secret));
 * AdmissionCheck check = new TokenFactory().create(setup);
 * }</pre>
 *
 * @since 0.1
 */
public final class FakeCheckSetup implements CheckSetup {

    private final Map<String, Object> values;
    private final Optional<Record> ready;
    private final MutableClock clock = new MutableClock();
    private final FakeDeviceDirectory devices = new FakeDeviceDirectory();
    private final FakePairingDesk pairingDesk = new FakePairingDesk(devices);
    private final RecordingLogger logger = new RecordingLogger("check");

    private FakeCheckSetup(Map<String, Object> values, Optional<Record> ready) {
        this.values = values;
        this.ready = ready;
    }

    /**
     * A setup whose settings are bound as the gateway binds them, with defaults and rejections.
     *
     * @param values each setting by its kebab-case name: as text, or as a value of the component's own type
     * @return the setup
     */
    public static FakeCheckSetup with(Map<String, Object> values) {
        return new FakeCheckSetup(Map.copyOf(values), Optional.empty());
    }

    /**
     * A setup that hands out one settings record as it is.
     *
     * @param settings the record
     * @return the setup
     */
    public static FakeCheckSetup with(Record settings) {
        return new FakeCheckSetup(Map.of(), Optional.of(settings));
    }

    /**
     * A setup in which the operator gave no setting.
     *
     * @return the setup
     */
    public static FakeCheckSetup withDefaults() {
        return with(Map.of());
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        return ready.isPresent() ? type.cast(ready.get()) : new SettingsBinder(values).bind(type);
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
}
