package dev.gatehouse.checks.origin;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import org.pf4j.Extension;

/** Makes the check {@code origin}. */
@Extension
public final class OriginFactory implements AdmissionCheckFactory {

    private static final String WARNING =
            "insecure-allow-any-origin is on: every web page that a person opens can reach"
                    + " the gateway; list the pages that you use in allowed-origins and remove it";

    @Override
    public String name() {
        return "origin";
    }

    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(OriginSettings.class);
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        OriginSettings settings = setup.settings(OriginSettings.class);
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        if (settings.insecureAllowAnyOrigin()) {
            setup.logger().log(Level.WARNING, WARNING);
        }
        return new OriginCheck(new OriginRules(settings));
    }
}
