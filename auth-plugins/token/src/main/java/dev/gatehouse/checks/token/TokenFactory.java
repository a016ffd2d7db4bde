package dev.gatehouse.checks.token;

import java.util.List;

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
    public AdmissionCheck create(CheckSetup setup) {
        TokenSettings settings = setup.settings(TokenSettings.class);
        GatewaySecret secret = settings.secret()
                .map(GatewaySecret::new)
                .orElseThrow(() -> new InvalidSettings(List.of(missing(settings.mode()))));
        secret.problem()
                .map(problem -> settings.mode().setting() + ": " + problem)
                .ifPresent(problem -> {
                    throw new InvalidSettings(List.of(problem));
                });
        return new TokenCheck(settings.mode(), secret, setup.devices());
    }

    private static String missing(Mode mode) {
        return mode.setting() + ": required in mode '" + mode.setting()
                + "'; give it as env:NAME or file:PATH, with a long random text in there";
    }
}
