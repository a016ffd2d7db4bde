package dev.gatehouse.testkit;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Secret;

/** Makes the {@link SampleCheck}; a breach overrides what it breaks. */
class SampleFactory implements AdmissionCheckFactory {

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(SampleSettings.class);
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        return create(setup.settings(SampleSettings.class), setup);
    }

    AdmissionCheck create(SampleSettings settings, CheckSetup setup) {
        requireKey(settings.key());
        return twist(new SampleCheck(settings, setup), setup);
    }

    /** What a breach makes of a sound check. */
    AdmissionCheck twist(SampleCheck sound, CheckSetup setup) {
        return sound;
    }

    static void requireKey(Secret.Source key) {
        if (key.read().isEmpty()) {
            throw new InvalidSettings(List.of("key: is blank or cannot be read; put a long random text in there"));
        }
    }
}
