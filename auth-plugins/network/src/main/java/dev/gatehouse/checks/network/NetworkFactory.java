package dev.gatehouse.checks.network;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import org.pf4j.Extension;

/** Makes the check {@code network}. */
@Extension
public final class NetworkFactory implements AdmissionCheckFactory {

    @Override
    public String name() {
        return "network";
    }

    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(NetworkSettings.class);
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        NetworkSettings settings = setup.settings(NetworkSettings.class);
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        if (settings.allow().isEmpty() && settings.deny().isEmpty()) {
            setup.logger()
                    .log(
                            Level.WARNING,
                            "allow and deny are empty, so clients come in from everywhere; list networks in one of"
                                    + " them, such as allow: [\"10.0.0.0/8\"], or take network out of the chain");
        }
        return new NetworkCheck(Network.all(settings.allow()), Network.all(settings.deny()));
    }
}
