package com.example.gatehouse;

import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import org.pf4j.Extension;

// region factory
/** Makes the check {@code office-hours}. */
@Extension
public final class OfficeHoursFactory implements AdmissionCheckFactory {

    /** The name that {@code admission.chain} uses. */
    @Override
    public String name() {
        return "office-hours";
    }

    /** Declared here, so that the gateway can validate and document the settings without making the check. */
    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(OfficeHoursSettings.class);
    }

    /** Called once for each chain. Whatever cannot work is said here, before anybody is examined. */
    @Override
    public AdmissionCheck create(CheckSetup setup) {
        OfficeHoursSettings settings = setup.settings(OfficeHoursSettings.class);
        return new OfficeHoursCheck(settings.openingHours(), setup.clock());
    }
}
// endregion
