package dev.gatehouse.checks.token;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import org.pf4j.Extension;

/** Makes the check {@code token}. */
@Extension
public final class TokenFactory implements AdmissionCheckFactory {

    @Override
    public String name() {
        return "token";
    }

    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(TokenSettings.class);
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        TokenSettings settings = setup.settings(TokenSettings.class);
        Mode mode = settings.mode();
        GatewaySecret secret = settings.secret()
                .map(GatewaySecret::new)
                .orElseThrow(() -> new InvalidSettings(List.of(missing(mode))));
        Optional<String> problem = secret.problem();
        if (problem.isPresent()) {
            throw new InvalidSettings(List.of(mode.setting() + ": " + problem.get()));
        }
        return new TokenCheck(mode, secret, setup.devices());
    }

    private static String missing(Mode mode) {
        return mode.setting() + ": required in mode '" + mode.setting()
                + "'; give it as env:NAME or file:PATH, with a long random text in there";
    }
}
